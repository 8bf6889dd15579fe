package android.os;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

// Stands in for Android's class of this name: the background work runs in a thread of its own, and
// get() waits for its result.
public abstract class AsyncTask<Params, Progress, Result> {
    private FutureTask<Result> work;

    @SuppressWarnings("unchecked")
    protected abstract Result doInBackground(Params... params);

    @SafeVarargs
    public final AsyncTask<Params, Progress, Result> execute(Params... params) {
        work = new FutureTask<>(() -> doInBackground(params));
        new Thread(work).start();
        return this;
    }

    public final Result get() throws InterruptedException, ExecutionException {
        return work.get();
    }
}
