import android.content.Context;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

// What an activity would do: starts the page's download of the URL beside its own thread, waits, and prints
// where the file is.
public class RunLinkDownload {
    public static void main(String[] arguments) throws Exception {
        ExecutorService background = Executors.newSingleThreadExecutor();
        try {
            LinkDownload download = new LinkDownload(new Context(), arguments[0], arguments[1]);
            System.out.println(background.submit(download).get());
        } finally {
            background.shutdown();
        }
    }
}
