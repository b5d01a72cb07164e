/**
 * Tokens, credentials and callback keys in AWS Secrets Manager. The only place where a secret's value is read or
 * written; what leaves it prints masked, and a message about a bad secret names the secret and the field, never a
 * value.
 */
package dev.fleetline.tokenssecretsmanager;
