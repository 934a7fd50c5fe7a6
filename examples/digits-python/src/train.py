"""Softmax regression on pictures of digits, in plain Python: no package has to be installed.

python3 train.py --data_url=FOLDER --train_url=FOLDER [--epochs=10] [--pictures_per_digit=400]
FOLDER of the data holds one folder per digit with 8-bit BMP pictures of 28 x 28 pixels.
"""

import argparse
import json
import math
import os
import random
import struct
import time

SIDE = 28
DIGITS = 10
RATE = 0.01


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data_url", required=True)
    parser.add_argument("--train_url", required=True)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--pictures_per_digit", type=int, default=400)
    # The service may add arguments of its own.
    args, _ = parser.parse_known_args()

    started = time.monotonic()
    samples = read_samples(args.data_url, args.pictures_per_digit)
    random.Random(1).shuffle(samples)
    cut = len(samples) * 4 // 5
    training, evaluation = samples[:cut], samples[cut:]
    print(f"read {len(training)} pictures to learn from and {len(evaluation)} to check with")

    os.makedirs(args.train_url, exist_ok=True)
    weights = [[0.0] * (SIDE * SIDE + 1) for _ in range(DIGITS)]
    history = []
    for epoch in range(1, args.epochs + 1):
        loss = 0.0
        for index, (ink, label) in enumerate(training, 1):
            loss += learn(weights, ink, label)
            if index % 400 == 0:
                print(f"epoch {epoch}/{args.epochs} picture {index}/{len(training)} loss {loss / index:.4f}")
        accuracy = sum(predict(weights, ink) == label for ink, label in evaluation) / len(evaluation)
        history.append((round(loss / len(training), 4), round(accuracy, 4)))
        write_json(os.path.join(args.train_url, "metrics.json"), metrics(history))
        print(f"epoch {epoch}/{args.epochs} loss {history[-1][0]} accuracy {history[-1][1]}")
    write_json(os.path.join(args.train_url, "model.json"), weights)
    print(f"accuracy {history[-1][1]} after {time.monotonic() - started:.1f} s")


def read_samples(folder, per_digit):
    """Pairs of (list of (pixel index, ink), digit). Paper, most of a picture, is left out."""
    samples = []
    for digit in range(DIGITS):
        names = sorted(name for name in os.listdir(os.path.join(folder, str(digit))) if name.endswith(".bmp"))
        for name in names[:per_digit]:
            with open(os.path.join(folder, str(digit), name), "rb") as file:
                bitmap = file.read()
            # Bottom row first; the order of the rows does not matter to this classifier.
            (start,) = struct.unpack_from("<I", bitmap, 10)
            pixels = bitmap[start : start + SIDE * SIDE]
            # The last weight of each digit is its bias: a pixel that is always inked.
            samples.append(([(i, grey / 255) for i, grey in enumerate(pixels) if grey] + [(SIDE * SIDE, 1.0)], digit))
    return samples


def scores_of(weights, ink):
    return [sum(row[i] * value for i, value in ink) for row in weights]


def predict(weights, ink):
    scores = scores_of(weights, ink)
    return scores.index(max(scores))


def learn(weights, ink, label):
    """One step of gradient descent; the loss before it is returned."""
    scores = scores_of(weights, ink)
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    for digit, row in enumerate(weights):
        error = powers[digit] / total - (digit == label)
        if abs(error) > 1e-3:
            step = RATE * error
            for i, value in ink:
                row[i] -= step * value
    return math.log(total) - (scores[label] - top)


def metrics(history):
    """The form that ModelArts draws: a number, which conditions may read, and a chart."""
    epochs = list(range(1, len(history) + 1))
    return [
        {"key": "accuracy", "title": "Accuracy", "type": "float", "data": {"value": history[-1][1]}},
        {
            "key": "by_epoch",
            "title": "Loss and accuracy",
            "type": "line chart",
            "data": {
                "x_axis": [{"title": "epoch", "value": epochs}],
                "y_axis": [
                    {"title": "loss", "value": [loss for loss, _ in history]},
                    {"title": "accuracy", "value": [accuracy for _, accuracy in history]},
                ],
            },
        },
    ]


def write_json(path, value):
    """Whole or not at all: the file is read while it is written again and again."""
    with open(path + ".new", "w", encoding="utf-8") as file:
        json.dump(value, file)
    os.replace(path + ".new", path)


main()
