package android.content;

import java.io.File;

// Stands in for Android's class of this name: the app's own folders are below the folder that the system
// property osskeep.storage names.
public class Context {
    public File getExternalFilesDir(String type) {
        File folder = new File(System.getProperty("osskeep.storage"), type);
        folder.mkdirs();
        return folder;
    }
}
