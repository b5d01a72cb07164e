package dev.fleetline.thingspacesimulator.faults;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.web.JsonFields;
import dev.fleetline.thingspacesimulator.web.Spelled;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;

/**
 * How the callbacks of Diagnostics and Location are signed. That it is HMAC-SHA256 is documented, and that the key comes in a
 * header of the registration's answer; how the signature travels is not.
 *
 * @param keyHeader the header that tells the key
 * @param header the header of the signature
 */
public record Signing(String keyHeader, String header, Form form) {

    static final Set<String> KNOWN = Set.of("sharedKeyHeader", "signatureHeader", "signature");

    /** How a signature is written. */
    public enum Form implements Spelled {
        /** In small letters. */
        HEX("hex"),
        /** With padding. */
        BASE64("base64"),
        /** {@code sha256=} and hexadecimal. */
        PREFIXED_HEX("sha256=hex"),
        /** {@code sha256=} and Base64. */
        PREFIXED_BASE64("sha256=base64");

        private final String spelling;

        Form(String spelling) {
            this.spelling = spelling;
        }

        @Override
        public String spelling() {
            return spelling;
        }

        /** A signature in this form. */
        public String write(byte[] signature) {
            return switch (this) {
                case HEX -> HexFormat.of().formatHex(signature);
                case BASE64 -> Base64.getEncoder().encodeToString(signature);
                case PREFIXED_HEX -> "sha256=" + HEX.write(signature);
                case PREFIXED_BASE64 -> "sha256=" + BASE64.write(signature);
            };
        }
    }

    static Signing usual() {
        return new Signing("Shared-Key", "X-Signature", Form.HEX);
    }

    static Signing from(JsonFields fields) {
        Signing usual = usual();
        return new Signing(
                fields.headerName("sharedKeyHeader", usual.keyHeader),
                fields.headerName("signatureHeader", usual.header),
                fields.choice("signature", usual.form));
    }

    void writeTo(ObjectNode json) {
        json.put("sharedKeyHeader", keyHeader).put("signatureHeader", header).put("signature", form.spelling());
    }
}
