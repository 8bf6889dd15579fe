// Refusals of form uploads (PostObject). Which EC goes with which text is mostly inferred.
// Rules: errors reference §7, signing reference §7.4.

export const formCases = {
  FormNotMultipart: {
    code: 'RequestIsNotMultiPartContent',
    status: 400,
    message: 'Bucket POST must be of the enclosure-type multipart/form-data.',
  },
  FormMalformed: {
    code: 'MalformedPOSTRequest',
    status: 400,
    message: 'The body of your POST request is not well-formed multipart/form-data.',
  },
  FormFileCount: {
    code: 'IncorrectNumberOfFilesInPOSTRequest',
    status: 400,
    message: 'POST requires exactly one file upload per request.',
  },
  FormFieldTooLong: {
    code: 'FieldItemTooLong',
    status: 400,
    message: 'Your name of form field is too long.',
  },
  FormPreambleTooLarge: {
    code: 'MaxPOSTPreDataLengthExceededError',
    status: 400,
    message: 'Your POST request fields preceding the upload file were too large.',
  },
  FormBodyTooLarge: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Post body size must be less than 5G.',
  },
  // The helper puts the name of the missing field in.
  FormFieldMissing: {
    code: 'InvalidArgument',
    status: 400,
    message: 'The bucket POST must contain the specified field name.',
  },
  FormAccessKeyIdMissing: {
    code: 'InvalidArgument',
    status: 400,
    message:
      ("The bucket POST must contain the specified 'OSSAccessKeyId'. If it is specified, please" +
        ' check the order of the fields') as string,
    ec: '0002-00000706',
  },
  FormPolicyMissing: {
    code: 'InvalidArgument',
    status: 400,
    message:
      ("The bucket POST must contain the specified 'policy'. If it is specified, please check the" +
        ' order of the fields') as string,
    ec: '0002-00000702',
  },
  FormSignatureMissing: {
    code: 'InvalidArgument',
    status: 400,
    message:
      ("The bucket POST must contain the specified 'Signature'. If it is specified, please check" +
        ' the order of the fields') as string,
    ec: '0002-00000703',
  },
  FormSignatureEmpty: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Post request signature is empty.',
    ec: '0002-00000704',
  },
  FormAccessKeyIdEmpty: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Post request accessKeyId is empty.',
  },
  FormSignatureVersionUnknown: {
    code: 'InvalidArgument',
    status: 400,
    message: ('x-oss-signature-version of the form is unknown. Use OSS4-HMAC-SHA256, or sign with' +
      ' version 1 and leave the field out.') as string,
    ec: '0002-00000701',
  },
  FormCredentialDateInvalid: {
    code: 'InvalidArgument',
    status: 400,
    message: 'The date in x-oss-credential must be YYYYMMDD and be near the time of the upload.',
    ec: '0002-00000709',
  },
  FormCredentialMalformed: {
    code: 'InvalidArgument',
    status: 400,
    message: 'x-oss-credential must be AccessKeyId/YYYYMMDD/region/oss/aliyun_v4_request.',
    ec: '0002-00000710',
  },

  PolicyExpired: {
    code: 'AccessDenied',
    status: 403,
    message: 'Invalid according to Policy: Policy expired.',
    ec: '0006-00000213',
  },
  // The failing condition follows as JSON; the helper puts it in.
  PolicyConditionFailed: {
    code: 'AccessDenied',
    status: 403,
    message: 'Invalid according to Policy: Policy Condition failed.',
    ec: '0006-00000227',
  },
  InvalidPolicyDocument: {
    code: 'InvalidPolicyDocument',
    status: 400,
    message: 'Invalid Policy: Invalid JSON.',
    ec: '0006-00000201',
  },
  PolicyWithoutConditions: {
    code: 'InvalidPolicyDocument',
    status: 400,
    message: 'Invalid Policy: conditions are missing. Add a list named conditions.',
    ec: '0006-00000207',
  },
  PolicyEmpty: {
    code: 'InvalidPolicyDocument',
    status: 400,
    message: 'Invalid Policy: it has no fields. It needs expiration and conditions.',
    ec: '0006-00000209',
  },
  PolicyConditionsNotList: {
    code: 'InvalidPolicyDocument',
    status: 400,
    message: 'Invalid Policy: conditions must be a list.',
    ec: '0006-00000214',
  },
  PolicyConditionWithoutOperator: {
    code: 'InvalidPolicyDocument',
    status: 400,
    message: 'Invalid Policy: a condition written as a list must begin with its operator.',
    ec: '0006-00000216',
  },
  PolicyConditionLength: {
    code: 'InvalidPolicyDocument',
    status: 400,
    message: 'Invalid Policy: a condition written as a list must have three parts.',
    ec: '0006-00000218',
  },
  PolicyConditionShape: {
    code: 'InvalidPolicyDocument',
    status: 400,
    message: 'Invalid Policy: a condition must be an object or a list.',
    ec: '0006-00000222',
  },
  PolicyConditionOperand: {
    code: 'InvalidPolicyDocument',
    status: 400,
    message: ('Invalid Policy: an operand has the wrong type. in and not-in take a list,' +
      ' content-length-range takes two integers, the others take text.') as string,
    ec: '0006-00000224',
  },
  PolicySimpleConditionCount: {
    code: 'InvalidPolicyDocument',
    status: 400,
    message: ('Invalid Policy: Invalid Simple-Condition: Simple-Conditions must have exactly one' +
      ' property specified.') as string,
  },
} as const;
