// Any failure -> the one message that the user reads.
import { RemoteError } from '../remote/client.ts';
import { ReleaseError } from '../remote/release-error.ts';

export function describeFailure(error: unknown, language: 'en' | 'zh' = 'en'): string {
  if (error instanceof ReleaseError) return error.text[language];
  if (error instanceof RemoteError) return error.status === 0 ? error.message : `${error.message} (${error.code})`;
  if (!(error instanceof Error)) return String(error);
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' || code?.startsWith('ERR_PARSE_ARGS')) return lowerFirst(error.message);
  switch (code) {
    case 'ENOENT':
      return `there is no file or folder ${path}`;
    case 'EISDIR':
      return `${path ?? 'it'} is a folder, and a file is needed`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `there is no permission to use ${path}`;
    case 'ENOSPC':
      return `the disk is full${path ? `: ${path} cannot be written` : ''}; free some space and try again`;
    default:
      return error.message;
  }
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
