package dev.fleetline.testing;

import dev.fleetline.files.FileStore;

class InMemoryFilesTest extends FileStoreContract {

    private final InMemoryFiles files = new InMemoryFiles();

    @Override
    protected FileStore files() {
        return files;
    }
}
