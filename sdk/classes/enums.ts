// The enumerations of the SDK for Python. A member that does not exist is its own name, so that it is a finding where it is written.

export type Values = Readonly<Record<string, string | number>>;

export const DatasetTypeEnum = open({
  IMAGE_CLASSIFICATION: 0,
  OBJECT_DETECTION: 1,
  IMAGE_SEGMENTATION: 3,
  TEXT_CLASSIFICATION: 100,
  NAMED_ENTITY_RECOGNITION: 101,
  TEXT_TRIPLE: 102,
  AUDIO_CLASSIFICATION: 200,
  SPEECH_CONTENT: 201,
  SPEECH_SEGMENTATION: 202,
  DATASET_TABULAR: 400,
  VIDEO_ANNOTATION: 600,
  FREE_FORMAT: 900,
});

export const DataTypeEnum = enumeration({
  IMAGE: 'IMAGE',
  TEXT: 'TEXT',
  AUDIO: 'AUDIO',
  TABULAR: 'TABULAR',
  VIDEO: 'VIDEO',
  FREE_FORMAT: 'FREE_FORMAT',
});

export const LabelTaskTypeEnum = enumeration({
  IMAGE_CLASSIFICATION: 'IMAGE_CLASSIFICATION',
  OBJECT_DETECTION: 'OBJECT_DETECTION',
  IMAGE_SEGMENTATION: 'IMAGE_SEGMENTATION',
  TEXT_CLASSIFICATION: 'TEXT_CLASSIFICATION',
  NAMED_ENTITY_RECOGNITION: 'NAMED_ENTITY_RECOGNITION',
  TEXT_TRIPLE: 'TEXT_TRIPLE',
  AUDIO_CLASSIFICATION: 'AUDIO_CLASSIFICATION',
  SPEECH_CONTENT: 'SPEECH_CONTENT',
  SPEECH_SEGMENTATION: 'SPEECH_SEGMENTATION',
  DATASET_TABULAR: 'DATASET_TABULAR',
  VIDEO_ANNOTATION: 'VIDEO_ANNOTATION',
  FREE_FORMAT: 'FREE_FORMAT',
});

export const AnnotationFormatEnum = enumeration({
  MA_IMAGE_CLASSIFICATION_V1: 'MA_IMAGE_CLASSIFICATION_V1',
  MA_IMAGENET_V1: 'MA_IMAGENET_V1',
  MA_PASCAL_VOC_V1: 'MA_PASCAL_VOC_V1',
  YOLO: 'YOLO',
  MA_IMAGE_SEGMENTATION_V1: 'MA_IMAGE_SEGMENTATION_V1',
  MA_TEXT_CLASSIFICATION_COMBINE_V1: 'MA_TEXT_CLASSIFICATION_COMBINE_V1',
  MA_TEXT_CLASSIFICATION_V1: 'MA_TEXT_CLASSIFICATION_V1',
  MA_AUDIO_CLASSIFICATION_DIR_V1: 'MA_AUDIO_CLASSIFICATION_DIR_V1',
});

export const ImportTypeEnum = enumeration({ DIR: 'DIR', MANIFEST: 'MANIFEST' });

/** Where the data of a dataset comes from. */
export const DataOriginTypeEnum = open({ OBS: 0, GALLERY: 5 });

/** Kinds of labels, by their numbers in the service. */
export const LabelTypeEnum = open({
  IMAGE_CLASSIFICATION: 0,
  OBJECT_DETECTION: 1,
  IMAGE_SEGMENTATION: 3,
  TEXT_CLASSIFICATION: 100,
  ENTITY: 101,
  TRIPLE_RELATION: 102,
  AUDIO_CLASSIFICATION: 200,
  SPEECH_CONTENT: 201,
  SPEECH_SEGMENTATION: 202,
  VIDEO_ANNOTATION: 600,
});

export const JobTypeEnum = open({ JOB: 'job' });

export const PlaceholderType = enumeration({
  INT: 'int',
  STR: 'str',
  BOOL: 'bool',
  FLOAT: 'float',
  ENUM: 'enum',
  JSON: 'json',
  LIST: 'list',
});

/** The operators of conditions; `NOT` is inequality. */
export const ConditionTypeEnum = enumeration({
  EQ: '==',
  GT: '>',
  GTE: '>=',
  IN: 'in',
  LT: '<',
  LTE: '<=',
  NOT: '!=',
  OR: 'or',
});

/** Its members are not documented: there may be others. */
function open<const Members extends Values>(members: Members): Members & Values {
  return enumeration(members);
}

function enumeration<const Members extends Values>(members: Members): Members {
  return new Proxy(Object.freeze(members), {
    get: (own, name) => (typeof name !== 'string' || Object.hasOwn(own, name) || name === 'then' ? Reflect.get(own, name) : name),
  });
}
