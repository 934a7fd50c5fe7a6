// A network of one hidden layer (rectifier, then softmax) in typed arrays: forward, backward, and a form that fits a JSON file.

export class Network {
  constructor(inputs, hidden, outputs) {
    this.inputs = inputs;
    this.hidden = hidden;
    this.outputs = outputs;
    // Row i holds the weights that leave input i: most pixels are paper (0), and their rows are skipped.
    this.first = new Float32Array(inputs * hidden);
    this.firstBias = new Float32Array(hidden);
    this.second = new Float32Array(hidden * outputs);
    this.secondBias = new Float32Array(outputs);
    this.activity = new Float32Array(hidden);
    this.scores = new Float32Array(outputs);
  }

  /** Small random weights (He's rule); the same `random` gives the same network. */
  static random(inputs, hidden, outputs, random) {
    const network = new Network(inputs, hidden, outputs);
    // Only about a fifth of the pixels of a digit carry ink.
    fill(network.first, Math.sqrt(2 / (inputs * 0.2)), random);
    fill(network.second, Math.sqrt(2 / hidden), random);
    return network;
  }

  static fromJSON(saved) {
    const network = new Network(saved.inputs, saved.hidden, saved.outputs);
    for (const name of ['first', 'firstBias', 'second', 'secondBias']) network[name] = floats(saved[name]);
    return network;
  }

  toJSON() {
    const { inputs, hidden, outputs } = this;
    const texts = Object.fromEntries(
      ['first', 'firstBias', 'second', 'secondBias'].map((name) => [name, Buffer.from(this[name].buffer).toString('base64')]),
    );
    return { inputs, hidden, outputs, ...texts };
  }

  /** Probabilities by class. The array is used again by the next call. */
  predict(pixels) {
    const { inputs, hidden, outputs, first, second, activity, scores } = this;
    activity.set(this.firstBias);
    for (let input = 0; input < inputs; input++) {
      const ink = pixels[input];
      if (ink === 0) continue;
      for (let unit = 0, at = input * hidden; unit < hidden; unit++, at++) activity[unit] += ink * first[at];
    }
    scores.set(this.secondBias);
    for (let unit = 0; unit < hidden; unit++) {
      if (activity[unit] <= 0) activity[unit] = 0;
      else for (let output = 0; output < outputs; output++) scores[output] += activity[unit] * second[unit * outputs + output];
    }
    return softmax(scores);
  }

  /** Adds the gradient of one labelled picture; its loss (cross entropy) is returned. */
  learn(pixels, label, gradient) {
    const { inputs, hidden, outputs, second, activity } = this;
    const scores = this.predict(pixels);
    const loss = -Math.log(Math.max(scores[label], 1e-9));
    scores[label] -= 1;
    const { back } = gradient;
    for (let unit = 0; unit < hidden; unit++) {
      back[unit] = 0;
      if (activity[unit] === 0) continue;
      for (let output = 0, at = unit * outputs; output < outputs; output++, at++) {
        back[unit] += scores[output] * second[at];
        gradient.second[at] += scores[output] * activity[unit];
      }
    }
    for (let output = 0; output < outputs; output++) gradient.secondBias[output] += scores[output];
    for (let unit = 0; unit < hidden; unit++) gradient.firstBias[unit] += back[unit];
    for (let input = 0; input < inputs; input++) {
      const ink = pixels[input];
      if (ink === 0) continue;
      for (let unit = 0, at = input * hidden; unit < hidden; unit++, at++) gradient.first[at] += ink * back[unit];
    }
    return loss;
  }
}

/** Gradient descent with momentum. */
export class Descent {
  constructor(network, momentum) {
    this.network = network;
    this.momentum = momentum;
    this.gradient = { ...zeros(network), back: new Float32Array(network.hidden) };
    this.speed = zeros(network);
  }

  /** Moves the weights along the mean gradient of `count` pictures, and starts a new sum. */
  step(rate, count) {
    for (const name of Object.keys(this.speed)) {
      const weights = this.network[name];
      const gradient = this.gradient[name];
      const speed = this.speed[name];
      const scale = rate / count;
      for (let index = 0; index < weights.length; index++) {
        speed[index] = this.momentum * speed[index] - scale * gradient[index];
        weights[index] += speed[index];
        gradient[index] = 0;
      }
    }
  }
}

/** Random numbers from 0 to 1 that a seed decides (mulberry32): the same seed, the same run. */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function largest(scores) {
  let best = 0;
  for (let index = 1; index < scores.length; index++) if (scores[index] > scores[best]) best = index;
  return best;
}

function softmax(scores) {
  const top = scores[largest(scores)];
  let sum = 0;
  for (let index = 0; index < scores.length; index++) sum += scores[index] = Math.exp(scores[index] - top);
  for (let index = 0; index < scores.length; index++) scores[index] /= sum;
  return scores;
}

function zeros({ first, firstBias, second, secondBias }) {
  return {
    first: new Float32Array(first.length),
    firstBias: new Float32Array(firstBias.length),
    second: new Float32Array(second.length),
    secondBias: new Float32Array(secondBias.length),
  };
}

/** Normally distributed (Box and Muller). */
function fill(weights, deviation, random) {
  for (let index = 0; index < weights.length; index++) {
    weights[index] = deviation * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  }
}

function floats(text) {
  const bytes = Buffer.from(text, 'base64');
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}
