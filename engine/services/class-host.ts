// Serves a `customize_service.py`: the service's images load such a class and speak HTTP for it; here this Python program does.
// It stands in for the base classes of `model_service` where the package of the images is not installed.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The program's file, written below the state folder where it is missing or another one. */
export function classHost(stateFolder: string): string {
  const folder = join(stateFolder, 'bin');
  const file = join(folder, 'serve_class.py');
  if (textOf(file) !== program) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${file}.new`, program);
    renameSync(`${file}.new`, file);
  }
  return file;
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

const program = String.raw`"""Serves the class of a customize_service.py over HTTP: PORT and HOST say where. Usage: serve_class.py FILE"""

import email
import importlib.util
import inspect
import io
import json
import os
import sys
import types
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class BaseService:
    def __init__(self, model_name=None, model_path=None):
        self.model_name = model_name
        self.model_path = model_path

    def _preprocess(self, data):
        return data

    def _inference(self, data):
        return data

    def _postprocess(self, data):
        return data

    def inference(self, data):
        return self._postprocess(self._inference(self._preprocess(data)))


BASES = {
    "model_service": "SingleNodeService",
    "pytorch_model_service": "PTServingBaseService",
    "tfserving_model_service": "TfServingBaseService",
    "python_model_service": "XgSklServingBaseService",
    "spark_model_service": "SparkServingBaseService",
}
WEIGHTS = (".pth", ".pt", ".m", ".pkl", ".joblib", ".onnx", ".ckpt", ".om", ".model")


def provide_bases():
    if importlib.util.find_spec("model_service"):
        return
    package = types.ModuleType("model_service")
    package.__path__ = []
    sys.modules["model_service"] = package
    for name, base in BASES.items():
        module = types.ModuleType("model_service." + name)
        setattr(module, base, type(base, (BaseService,), {}))
        setattr(package, name, module)
        sys.modules["model_service." + name] = module


def load(file):
    folder = os.path.dirname(os.path.abspath(file))
    sys.path.insert(0, folder)
    spec = importlib.util.spec_from_file_location("customize_service", file)
    module = importlib.util.module_from_spec(spec)
    sys.modules["customize_service"] = module
    spec.loader.exec_module(module)
    own = [
        each
        for _, each in inspect.getmembers(module, inspect.isclass)
        if each.__module__ == "customize_service"
        and any(hasattr(each, name) for name in ("_inference", "inference"))
    ]
    if not own:
        sys.exit(file + " has no class with _inference: derive one from a class of model_service")
    weights = [name for name in sorted(os.listdir(folder)) if name.endswith(WEIGHTS)]
    path = os.path.join(folder, weights[0]) if len(weights) == 1 else folder
    return own[-1](os.environ.get("WEFT_MODEL_NAME", "model"), path)


def read_form(kind, body):
    """Fields by name: a text, or {file name: file} for a file, as the service's images give it."""
    message = email.message_from_bytes(b"Content-Type: " + kind.encode("latin-1") + b"\r\n\r\n" + body)
    fields = {}
    for part in message.get_payload():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        file = part.get_filename()
        fields[name] = {file: io.BytesIO(content)} if file else content.decode("utf-8")
    return fields


def handler_for(service):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            self.answer(200, {"health": True})

        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            kind = self.headers.get("content-type", "application/json")
            try:
                data = read_form(kind, body) if kind.startswith("multipart/form-data") else json.loads(body)
                answer = service.inference(data) if hasattr(service, "inference") else service._postprocess(
                    service._inference(service._preprocess(data))
                )
            except Exception as error:
                import traceback

                traceback.print_exc()
                return self.answer(400, {"error_msg": "%s: %s" % (type(error).__name__, error)})
            self.answer(200, answer)

        def answer(self, status, value):
            text = json.dumps(value, default=lambda item: item.tolist() if hasattr(item, "tolist") else str(item))
            self.send_response(status)
            self.send_header("content-type", "application/json")
            body = text.encode("utf-8")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handler


provide_bases()
service = load(sys.argv[1])
server = ThreadingHTTPServer((os.environ.get("HOST", "127.0.0.1"), int(os.environ["PORT"])), handler_for(service))
print("%s listens on port %s" % (type(service).__name__, os.environ["PORT"]))
server.serve_forever()
`;
