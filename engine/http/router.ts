// Finds the row of the route table that a request is for. Fixed segments win over placeholders, so `/workflows/labels`
// is never taken for a workflow's id.
import { type RouteName, routes } from '../../core/api/routes.ts';

export interface Match {
  readonly name: RouteName;
  /** Placeholders of the path, decoded. */
  readonly path: Readonly<Record<string, string>>;
}

interface Node {
  readonly fixed: Map<string, Node>;
  placeholder: Node | undefined;
  readonly routes: Map<string, RouteName>;
}

const root: Node = node();
for (const name of Object.keys(routes) as RouteName[]) {
  const { method, path } = routes[name];
  let at = root;
  for (const segment of path.split('/').slice(1)) {
    if (segment.startsWith('{')) at = at.placeholder ??= node();
    else {
      let next = at.fixed.get(segment);
      if (!next) at.fixed.set(segment, (next = node()));
      at = next;
    }
  }
  at.routes.set(method, name);
}

/** Undefined where no row fits, and where a segment is not properly encoded. */
export function match(method: string, pathname: string): Match | undefined {
  let segments: string[];
  try {
    segments = pathname.replace(/\/$/, '').split('/').slice(1).map(decodeURIComponent);
  } catch {
    return undefined;
  }
  const name = find(root, segments, 0)?.routes.get(method);
  if (!name) return undefined;
  const template = routes[name].path.split('/').slice(1);
  const path: Record<string, string> = {};
  for (const [index, segment] of template.entries()) if (segment.startsWith('{')) path[segment.slice(1, -1)] = segments[index]!;
  return { name, path };
}

function find(at: Node, segments: readonly string[], index: number): Node | undefined {
  if (index === segments.length) return at.routes.size > 0 ? at : undefined;
  const segment = segments[index]!;
  const fixed = at.fixed.get(segment);
  const found = fixed && find(fixed, segments, index + 1);
  if (found) return found;
  return segment !== '' && at.placeholder ? find(at.placeholder, segments, index + 1) : undefined;
}

function node(): Node {
  return { fixed: new Map(), placeholder: undefined, routes: new Map() };
}
