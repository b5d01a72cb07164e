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

    /** Whether such a token may call that; one that may not is refused by us, before anything is sent. */
    public boolean opens(EdgeApi api) {
        return this == FULL || (this == LIMITED && !api.needsFullAccess());
    }

    /** The parts of the 5G Edge API, and which access each one needs. */
    public enum EdgeApi {
        /** {@code GET /regions}. */
        REGIONS(false),
        /** {@code GET /mecplatforms}. */
        PLATFORMS(false),
        /** {@code /serviceprofiles}. */
        SERVICE_PROFILES(true),
        /** {@code /serviceendpoints} and {@code /serviceendpointsall}. */
        SERVICE_ENDPOINTS(true);

        private final boolean needsFullAccess;

        EdgeApi(boolean needsFullAccess) {
            this.needsFullAccess = needsFullAccess;
        }

        /** Whether discovery alone does not open it. */
        public boolean needsFullAccess() {
            return needsFullAccess;
        }
    }
}
