// Signs URLs with aliyun-sdk-oss, as its documentation does: jobs in, URLs out (see ../README.md). One
// JVM signs them all.

import com.aliyun.oss.ClientBuilderConfiguration;
import com.aliyun.oss.HttpMethod;
import com.aliyun.oss.OSS;
import com.aliyun.oss.OSSClientBuilder;
import com.aliyun.oss.common.auth.CredentialsProvider;
import com.aliyun.oss.common.auth.CredentialsProviderFactory;
import com.aliyun.oss.common.auth.DefaultCredentialProvider;
import com.aliyun.oss.common.comm.SignVersion;
import com.aliyun.oss.model.GeneratePresignedUrlRequest;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import org.codehaus.jettison.json.JSONArray;
import org.codehaus.jettison.json.JSONObject;

public class SignUrls {
    private static CredentialsProvider provider(JSONObject given) throws Exception {
        if (given == null) {
            return CredentialsProviderFactory.newEnvironmentVariableCredentialsProvider();
        }
        String id = given.getString("accessKeyId");
        String secret = given.getString("accessKeySecret");
        return given.has("securityToken")
            ? new DefaultCredentialProvider(id, secret, given.getString("securityToken"))
            : new DefaultCredentialProvider(id, secret);
    }

    private static String sign(JSONObject job) throws Exception {
        ClientBuilderConfiguration configuration = new ClientBuilderConfiguration();
        boolean isV4 = job.getString("signatureVersion").equals("V4");
        configuration.setSignatureVersion(isV4 ? SignVersion.V4 : SignVersion.V1);
        configuration.setSupportCname(job.optBoolean("cname"));
        OSS client = OSSClientBuilder.create()
            .endpoint(job.getString("endpoint"))
            .credentialsProvider(provider(job.optJSONObject("credentials")))
            .clientConfiguration(configuration)
            .region(job.getString("region"))
            .build();
        try {
            GeneratePresignedUrlRequest request = new GeneratePresignedUrlRequest(
                job.getString("bucket"), job.getString("key"), HttpMethod.GET);
            long ends = System.currentTimeMillis() + job.getLong("expiresSeconds") * 1000L;
            request.setExpiration(new Date(ends));
            if (job.has("versionId")) {
                request.addQueryParameter("versionId", job.getString("versionId"));
            }
            return client.generatePresignedUrl(request).toString();
        } finally {
            client.shutdown();
        }
    }

    public static void main(String[] arguments) throws Exception {
        String input = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        JSONArray jobs = new JSONArray(input);
        JSONArray answers = new JSONArray();
        for (int index = 0; index < jobs.length(); index += 1) {
            JSONObject job = jobs.getJSONObject(index);
            JSONObject answer = new JSONObject().put("id", job.getString("id"));
            try {
                answer.put("url", sign(job));
            } catch (Exception error) {
                answer.put("error", error.toString());
            }
            answers.put(answer);
        }
        System.out.write(answers.toString().getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }
}
