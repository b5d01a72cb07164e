/**
 * The parts of AWS that Fleetline talks to, answered on loopback: DynamoDB Local, and stand-ins for Secrets Manager,
 * EventBridge and SNS that speak the services' own protocols to the real SDK clients. A stand-in answers exactly the
 * operations and parameters that our adapters use, and refuses every other one by name, so that a test never passes on
 * behaviour nobody wrote.
 */
package dev.fleetline.testing.aws;
