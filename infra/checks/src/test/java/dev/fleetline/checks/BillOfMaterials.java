package dev.fleetline.checks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.checks.Archive.Entry;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/** The CycloneDX bill of materials that lies beside a function's archive, held against the archive. */
final class BillOfMaterials {

    private BillOfMaterials() {}

    /** Where {@code mvn verify} puts it; not when Maven is offline, the plugin does not run then. */
    static Path path(String module) {
        return ProjectTree.path("functions/" + module + "/target/" + module + ".cdx.json");
    }

    /** One sentence for each library that is in one of the two only or differs, and for what would change its bytes. */
    static List<String> faults(JsonNode bill, Archive archive) {
        var faults = new ArrayList<String>();
        var listed = new TreeMap<String, String>();
        for (JsonNode component : bill.path("components")) {
            listed.put(fileName(component), sha256(component));
        }
        for (Entry library : archive.libraries()) {
            String hash = listed.remove(library.fileName());
            if (hash == null) {
                faults.add(library.fileName() + " is in the archive only");
            } else if (!hash.equals(sha256(library.content()))) {
                faults.add(library.fileName() + " is another one than the bill lists");
            }
        }
        listed.keySet().forEach(name -> faults.add(name + " is in the bill only"));
        if (!bill.path("metadata").path("component").path("name").asText().equals(archive.module())) {
            faults.add("the bill is of another function");
        }
        if (bill.has("serialNumber") || bill.path("metadata").has("timestamp")) {
            faults.add("the bill has a serial number or a time and would never be the same twice");
        }
        return faults;
    }

    private static String fileName(JsonNode component) {
        return component.path("name").asText() + "-" + component.path("version").asText() + ".jar";
    }

    private static String sha256(JsonNode component) {
        return component
                .path("hashes")
                .valueStream()
                .filter(hash -> hash.path("alg").asText().equals("SHA-256"))
                .map(hash -> hash.path("content").asText())
                .findFirst()
                .orElse("");
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
