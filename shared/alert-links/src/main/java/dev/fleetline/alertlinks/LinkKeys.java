package dev.fleetline.alertlinks;

import java.util.List;

/** The keys of links. After a change of key the one before counts on, so that links that are out go on working. */
public interface LinkKeys {

    /**
     * The keys that count now, the one to sign with first; never empty. An exception when there is none. May be some
     * minutes old.
     */
    List<LinkKey> keys();

    /**
     * Reads again, at most once in some seconds: for a signature that did not fit. An exception when the last reading
     * failed: then nobody knows whether the link is forged.
     */
    void refresh();
}
