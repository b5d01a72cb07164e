package dev.fleetline.tokens;

import java.util.List;

/** What a 5G Edge token opens, by its scopes. Both scopes of an access are sent together; one alone is refused. */
public enum EdgeAccess {
    /** Discovery, service profiles and service endpoints. */
    FULL("ts.mec.fullaccess"),
    /** Discovery alone. */
    LIMITED("ts.mec.limitaccess"),
    /** Nothing that we know of. */
    NONE("");

    private static final String APPLICATION = "ts.application.ro";

    private final String scope;

    EdgeAccess(String scope) {
        this.scope = scope;
    }

    /** What to ask for. */
    public List<String> scopes() {
        return this == NONE ? List.of() : List.of(APPLICATION, scope);
    }

    /** What these scopes, as answered, open; a token answered without any has full access. */
    public static EdgeAccess of(List<String> scopes) {
        if (scopes.isEmpty() || scopes.contains(FULL.scope)) {
            return FULL;
        }
        return scopes.contains(LIMITED.scope) ? LIMITED : NONE;
    }

    /** Whether such a token may call that. */
    public boolean opens(EdgeApi api) {
        return this == FULL || (this == LIMITED && !api.needsFullAccess());
    }

    /** The parts of the 5G Edge API, and which access each one needs. */
    public enum EdgeApi {
        /** Where the network's sites are. */
        REGIONS("/regions", false),
        /** The platforms of those sites. */
        PLATFORMS("/mecplatforms", false),
        /** What services need. */
        SERVICE_PROFILES("/serviceprofiles", true),
        /** Where services run. */
        SERVICE_ENDPOINTS("/serviceendpoints", true),
        /** Where services run, of all profiles. */
        ALL_SERVICE_ENDPOINTS("/serviceendpointsall", true);

        private final String path;
        private final boolean needsFullAccess;

        EdgeApi(String path, boolean needsFullAccess) {
            this.path = path;
            this.needsFullAccess = needsFullAccess;
        }

        /** Below {@code /api/mec/eds}. */
        public String path() {
            return path;
        }

        /** Whether discovery alone does not open it. */
        public boolean needsFullAccess() {
            return needsFullAccess;
        }
    }
}
