package io.homeostat.model.artifact;

import io.homeostat.backbone.event.ArtifactRef;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Artifacts as files of one directory, each named by its digest: {@code ab/abcd….artifact}. A file appears whole or not
 * at all, because it is written beside its place and moved there. Many processes may share the directory.
 */
public final class FileArtifactStore implements ArtifactStore {
    private final Path directory;

    public FileArtifactStore(Path directory) {
        this.directory = directory;
    }

    @Override
    public ArtifactRef put(byte[] bytes, String format) {
        ArtifactRef ref = new ArtifactRef(Digest.sha256(bytes), format, bytes.length);
        Path place = place(ref);
        try {
            if (!holds(place, ref)) {
                write(place, bytes);
            }
        } catch (IOException e) {
            throw new ArtifactException(
                    "artifact " + ref.sha256() + " cannot be written to " + place + ": " + e.getMessage()
                            + ". Is homeostat.artifacts.dir writable, and the disk not full?",
                    e);
        }
        return ref;
    }

    // a damaged file is replaced, not kept
    private static boolean holds(Path place, ArtifactRef ref) throws IOException {
        return Files.exists(place)
                && Files.size(place) == ref.sizeBytes()
                && Digest.sha256(Files.readAllBytes(place)).equals(ref.sha256());
    }

    private static void write(Path place, byte[] bytes) throws IOException {
        Path parent = Files.createDirectories(place.getParent());
        Path temporary = Files.createTempFile(parent, "writing", ".tmp");
        try {
            Files.write(temporary, bytes);
            try {
                Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException notHere) {
                Files.move(temporary, place, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    @Override
    public byte[] get(ArtifactRef ref) {
        Path place = place(ref);
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(place);
        } catch (NoSuchFileException e) {
            throw new ArtifactException(
                    "artifact " + ref.sha256() + " is not in " + directory
                            + ". Do all services share the directory homeostat.artifacts.dir?",
                    e);
        } catch (IOException e) {
            throw new ArtifactException(
                    "artifact " + ref.sha256() + " cannot be read from " + place + ": " + e.getMessage(), e);
        }
        String found = Digest.sha256(bytes);
        if (!found.equals(ref.sha256()) || bytes.length != ref.sizeBytes()) {
            throw new ArtifactException(
                    "artifact at " + place + " is damaged: expected SHA-256 " + ref.sha256() + " and "
                            + ref.sizeBytes() + " bytes, found " + found + " and " + bytes.length
                            + " bytes. Restore the file from a backup, or re-tune the model to get a new version.");
        }
        return bytes;
    }

    private Path place(ArtifactRef ref) {
        return directory.resolve(ref.sha256().substring(0, 2)).resolve(ref.sha256() + ".artifact");
    }
}
