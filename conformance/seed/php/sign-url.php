<?php
// Signs URLs with the PHP SDK V1, as its documentation does: jobs in, URLs out (see ../README.md).
// The argument is the SDK's autoload.php.
require_once $argv[1];

use OSS\OssClient;
use OSS\Credentials\EnvironmentVariableCredentialsProvider;
use OSS\Credentials\StaticCredentialsProvider;

function providerOf($given)
{
    if ($given === null) {
        return new EnvironmentVariableCredentialsProvider();
    }
    $token = isset($given['securityToken']) ? $given['securityToken'] : null;
    return new StaticCredentialsProvider($given['accessKeyId'], $given['accessKeySecret'], $token);
}

function sign($job)
{
    $isV4 = $job['signatureVersion'] === 'V4';
    $config = array(
        'provider'         => providerOf(isset($job['credentials']) ? $job['credentials'] : null),
        'endpoint'         => $job['endpoint'],
        'signatureVersion' => $isV4 ? OssClient::OSS_SIGNATURE_VERSION_V4 : OssClient::OSS_SIGNATURE_VERSION_V1,
        'region'           => $job['region'],
        'cname'            => !empty($job['cname']),
    );
    $options = isset($job['versionId']) ? array(OssClient::OSS_VERSION_ID => $job['versionId']) : array();
    $client = new OssClient($config);
    return $client->signUrl($job['bucket'], $job['key'], $job['expiresSeconds'], 'GET', $options);
}

$answers = array();
foreach (json_decode(stream_get_contents(STDIN), true) as $job) {
    try {
        $answers[] = array('id' => $job['id'], 'url' => sign($job));
    } catch (Throwable $error) {
        $answers[] = array('id' => $job['id'], 'error' => $error->getMessage());
    }
}
echo json_encode($answers);
