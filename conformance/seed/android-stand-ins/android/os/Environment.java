package android.os;

import java.io.File;

// Stands in for Android's class of this name: the public folders are below the folder that the system
// property osskeep.storage names.
public class Environment {
    public static final String DIRECTORY_DOWNLOADS = "Download";

    public static File getExternalStoragePublicDirectory(String type) {
        return new File(System.getProperty("osskeep.storage"), type);
    }
}
