package io.homeostat.gateway.infer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Unit ids leave the gateway only as the first 16 bytes of their SHA-256, so that events name no person. */
final class UnitHash {
    private static final int BYTES = 16;
    private static final HexFormat HEX = HexFormat.of();

    private UnitHash() {}

    static String of(String unit) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(unit.getBytes(StandardCharsets.UTF_8));
            return HEX.formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
