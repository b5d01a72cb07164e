package dev.fleetline.thingspacesimulator.faults;

/** A group of calls that can be made to fail by number, each by settings of its own. */
public enum Door {
    /** Core's token endpoint. */
    CORE_TOKEN("token"),
    /** The M2M token endpoint and its revocation. */
    M2M_TOKEN("m2mToken"),
    /** Login, logout and the change of the password. */
    SESSION("session"),
    /** The callback listeners of all services. */
    M2M_CALL("m2m"),
    /** The M2M account's devices and requests. */
    M2M_DEVICES("m2mDevice"),
    /** Cloud Connector. */
    CLOUD_CONNECTOR("cloudConnector"),
    /** The 5G Edge token endpoint. */
    EDGE_TOKEN("edgeToken");

    private final String spelling;

    Door(String spelling) {
        this.spelling = spelling;
    }

    /** The setting that says how often. */
    String countField() {
        return spelling + "Errors";
    }

    /** The setting that says in which way. */
    String wayField() {
        return spelling + "ErrorsBy";
    }
}
