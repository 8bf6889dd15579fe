// What an activity would do: starts the page's task with the URL, and shows its result.
public class RunDownloadTask {
    public static void main(String[] arguments) throws Exception {
        System.out.println(new DownloadTask().execute(arguments[0]).get());
    }
}
