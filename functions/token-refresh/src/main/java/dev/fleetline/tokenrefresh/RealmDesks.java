package dev.fleetline.tokenrefresh;

import dev.fleetline.tokens.TokenRealm;
import java.util.Map;

/** The desks of all realms. */
record RealmDesks(Map<TokenRealm, RealmDesk> byRealm) {

    RealmDesks {
        byRealm = Map.copyOf(byRealm);
    }

    RealmDesk of(TokenRealm realm) {
        RealmDesk desk = byRealm.get(realm);
        if (desk == null) {
            throw new IllegalArgumentException("nobody is set up to be asked in realm " + realm.code());
        }
        return desk;
    }
}
