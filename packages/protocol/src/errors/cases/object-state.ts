// Refusals that depend on the state of an object or of an upload: overwriting, appending, parts,
// restoring, callbacks. Rules: errors reference §4 and §5.

const noSuchUpload =
  'The specified upload does not exist. The upload ID may be invalid, or the upload may have been' +
  ' aborted or completed.';

export const objectStateCases = {
  FileAlreadyExists: {
    code: 'FileAlreadyExists',
    status: 409,
    message: 'The object you specified already exists and can not be overwritten.',
    ec: '0026-00000002',
  },
  // Of a bucket with directories: a file where a directory is, or the reverse.
  FileAlreadyExistsInDirectory: {
    code: 'FileAlreadyExists',
    status: 409,
    message: 'The object you specified already exists and can not be overwritten.',
    ec: '0026-00000201',
  },
  FileImmutable: {
    code: 'FileImmutable',
    status: 409,
    message: 'The object you specified is immutable.',
  },
  // No source names the code of this text; suites match the text alone.
  StorageCapacityExceeded: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Bucket storage exceed max storage capacity.',
  },

  PositionNotEqualToLength: {
    code: 'PositionNotEqualToLength',
    status: 409,
    message: 'Position is not equal to file length',
    ec: '0026-00000016',
  },
  ObjectNotAppendable: {
    code: 'ObjectNotAppendable',
    status: 409,
    message: 'The object is not appendable',
  },
  AppendSealedObjectNotAllowed: {
    code: 'AppendSealedObjectNotAllowed',
    status: 400,
    message: 'The object is sealed and takes no more appends. Write to another key.',
  },
  SealNotSupported: {
    code: 'OperationNotSupported',
    status: 400,
    message: 'SealAppendable is not supported.',
    ec: '0016-00000513',
  },

  // The same sentence everywhere; the EC tells the operation.
  NoSuchUpload: {
    code: 'NoSuchUpload',
    status: 404,
    message: noSuchUpload as string,
    ec: '0042-00000002',
  },
  NoSuchUploadForPart: {
    code: 'NoSuchUpload',
    status: 404,
    message: noSuchUpload as string,
    ec: '0042-00000104',
  },
  NoSuchUploadForPartCopy: {
    code: 'NoSuchUpload',
    status: 404,
    message: noSuchUpload as string,
    ec: '0042-00000311',
  },
  InvalidPartNumber: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Part number must be an integer between 1 and 10000, inclusive.',
    ec: '0017-00000220',
  },
  InvalidPart: {
    code: 'InvalidPart',
    status: 400,
    message:
      ('One or more of the specified parts could not be found or the specified entity tag might' +
        " have matched the part's entity tag.") as string,
  },
  InvalidPartOrder: {
    code: 'InvalidPartOrder',
    status: 400,
    message:
      ('The list of parts was not in ascending order. Parts list must specified in order by part' +
        ' number.') as string,
    ec: '0042-00000209',
  },
  // Misspelt as OSS serves it.
  CompleteAllWithBody: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Should not speficy both complete all header and http body.',
    ec: '0042-00000216',
  },
  PartNotSequential: {
    code: 'PartNotSequential',
    status: 400,
    message: 'The upload is sequential: send the part that follows the last one received.',
  },
  // No source names the code of this EC.
  PartAlreadyExists: {
    code: 'PartAlreadyExist',
    status: 409,
    message: 'The upload is sequential and has this part already. Go on with the next number.',
    ec: '0042-00000108',
  },

  InvalidObjectState: {
    code: 'InvalidObjectState',
    status: 403,
    message: "The operation is not valid for the object's state",
  },
  RestoreAlreadyInProgress: {
    code: 'RestoreAlreadyInProgress',
    status: 409,
    message: 'The restore operation is in progress.',
  },
  RestoreNotSupported: {
    code: 'OperationNotSupported',
    status: 400,
    message: 'The operation is not supported for this resource',
    ec: '0016-00000702',
  },
  MetaQueryActionNotSupported: {
    code: 'OperationNotSupported',
    status: 400,
    message: 'The operation is not supported for this resource',
    ec: '0037-00000001',
  },
  ArchiveRestoreNotFinished: {
    code: 'ArchiveRestoreNotFinished',
    status: 409,
    message: "The archive file's restore is not finished.",
    ec: '0016-00000719',
  },
  ArchiveRestoreFileStale: {
    code: 'ArchiveRestoreFileStale',
    status: 409,
    message: 'The object has no restored copy to clean. Restore it first.',
  },

  // 203: the object is stored, the callback failed, and clients take it as an error.
  CallbackFailed: {
    code: 'CallbackFailed',
    status: 203,
    message: 'Error status : -1. OSS can not connect to your callbackUrl, please check it.',
  },
  CallbackBadStatus: {
    code: 'CallbackFailed',
    status: 203,
    message: 'Error status : 502.',
    ec: '0007-00000203',
  },
  CallbackResponseNotJson: {
    code: 'CallbackFailed',
    status: 203,
    message: 'Response body is not valid json format.',
  },
  MirrorFailed: {
    code: 'MirrorFailed',
    status: 424,
    message: 'Mirroring failed, please check your mirror configuration.',
  },
} as const;
