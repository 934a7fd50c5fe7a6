// How people label on this machine: files beside the data, in the layout that belongs to a kind of labelling.

interface LabelFormat {
  /** `format_name` of the layout. */
  readonly format: string;
  /** What to do, as the end of "label them: ...". */
  readonly how: string;
}

const beside =
  'write the labels of x.jpg into x.txt beside it, one a line, or move it into a folder that is named like its label';
const boxes = 'write the boxes of x.jpg into x.xml beside it, in the PASCAL VOC form that labelling programs write';

const formats: Readonly<Record<string, LabelFormat>> = {
  IMAGE_CLASSIFICATION: { format: 'MA_IMAGE_CLASSIFICATION_V1', how: beside },
  OBJECT_DETECTION: { format: 'MA_PASCAL_VOC_V1', how: boxes },
  IMAGE_SEGMENTATION: { format: 'MA_IMAGE_SEGMENTATION_V1', how: boxes },
  TEXT_CLASSIFICATION: {
    format: 'MA_TEXT_CLASSIFICATION_V1',
    how: 'write the labels of each line of x.txt into the same line of x_result.txt beside it',
  },
  AUDIO_CLASSIFICATION: {
    format: 'MA_AUDIO_CLASSIFICATION_DIR_V1',
    how: 'move each sound into a folder that is named like its label',
  },
};

/** Undefined where labels can only come in a manifest. */
export function labelFormatOf(taskType: string | undefined): LabelFormat | undefined {
  return taskType === undefined ? undefined : formats[taskType];
}
