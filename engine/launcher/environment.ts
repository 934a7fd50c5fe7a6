// The environment of a step's process: a short allow-list of the machine's, the step's own, and Weft's marks.
// Whatever else the engine or the user has there (tokens, keys, agents' sockets) does not reach a job.

const allowed = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'SHELL',
  'LANG',
  'LANGUAGE',
  'TZ',
  'TMPDIR',
  'LD_LIBRARY_PATH',
  'DYLD_LIBRARY_PATH',
  'CUDA_HOME',
  'CUDA_PATH',
  'CUDA_VISIBLE_DEVICES',
  'ASCEND_HOME_PATH',
  'ASCEND_RT_VISIBLE_DEVICES',
  'VIRTUAL_ENV',
  'CONDA_PREFIX',
  'CONDA_DEFAULT_ENV',
  'PYENV_ROOT',
  'PYENV_VERSION',
  'JAVA_HOME',
  'SPARK_HOME',
  'HADOOP_CONF_DIR',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
];

export interface Marks {
  /** The piece of work: what stop and adoption look for. */
  readonly key: string;
  /** The step run, the same for all attempts. */
  readonly stepRun: string;
}

/** The variable that carries the key. A program that clears its environment hides from it, not from its group. */
export const keyVariable = 'WEFT_KEY';

export function stepEnvironment(
  marks: Marks,
  own: Readonly<Record<string, string>>,
  machine: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(machine)) {
    if (value !== undefined && (allowed.includes(name) || name.startsWith('LC_'))) environment[name] = value;
  }
  // Python buffers a stream that is no terminal: its log would arrive in blocks of 8 KB.
  return { ...environment, PYTHONUNBUFFERED: '1', ...own, WEFT_STEP: marks.stepRun, [keyVariable]: marks.key };
}
