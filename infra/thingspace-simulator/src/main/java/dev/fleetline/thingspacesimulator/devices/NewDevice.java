package dev.fleetline.thingspacesimulator.devices;

/** What a registration says about a device. */
record NewDevice(String imei, String kind, String version, String providerId, String name, String description) {}
