"""Score, class, resistance and limiting layer of cells, by species-models.md §4, §5 and interface.md §3."""
import numpy as np

from scene import CATEGORIES

LAYERS = ["landCover", "elevation", "slope", "roads", "settlements"]


def rounded(score):
    """To 4 decimals, half away from zero."""
    return np.floor(score * 1e4 + 0.5) / 1e4


def evaluate(model, codes, values):
    """`codes` 1…10, 0 nodata; `values` by layer, NaN where missing. Layers without values are absent."""
    scores = np.array([np.nan] + [model["layers"]["landCover"]["scores"][k] for k in CATEGORIES])
    subs = {"landCover": scores[codes]}
    for key, layer in model["layers"].items():
        if key in values:
            x, y = np.array(layer["curve"], float).T
            subs[key] = np.interp(values[key], x, y)
    subs = {k: v for k, v in subs.items() if model["layers"][k]["weight"] > 0}
    weights = {k: model["layers"][k]["weight"] for k in subs}
    whole = sum(weights.values())
    stack = np.array([subs[k] for k in subs])
    share = np.array([weights[k] / whole for k in subs])[:, None, None]
    combine = model.get("combine", {"rule": "weightedGeometricMean", "cap": "landCover"})
    cover = scores[codes]
    with np.errstate(divide="ignore", invalid="ignore"):
        if combine["rule"] == "weightedMean":
            uncapped = (share * stack).sum(0)
        elif combine["rule"] == "minimum":
            uncapped = stack.min(0)
        elif combine["rule"] == "product":
            uncapped = 100 * (stack / 100).prod(0)
        else:
            uncapped = 100 * np.exp((share * np.log(stack / 100)).sum(0))
        if combine["rule"] != "weightedMean":
            uncapped = np.where((stack == 0).any(0), 0, uncapped)
    score = np.minimum(cover, uncapped) if combine["cap"] else uncapped
    score = rounded(score)
    score[codes == 0] = np.nan
    bounds = [model["classes"][k] for k in ("minimum", "medium", "maximum")]
    classes = np.where(np.isnan(score), 0, 1 + np.digitize(np.nan_to_num(score), bounds))

    with np.errstate(divide="ignore", invalid="ignore"):
        # A layer without a value cannot be the one that limits.
        losses = np.nan_to_num(-share * np.log(stack / 100), nan=-1, posinf=np.inf)
    order = np.array([LAYERS.index(k) + 1 for k in subs])
    assert (np.diff(order) > 0).all()
    limiting = order[np.argmax(losses, axis=0)]
    ranked = np.sort(losses, axis=0)
    with np.errstate(invalid="ignore"):
        clear = ranked[-1] - (ranked[-2] if len(ranked) > 1 else 0) > 1e-4
    if combine["cap"]:
        with np.errstate(invalid="ignore"):
            limiting = np.where(cover < uncapped, 1, limiting)
            clear |= cover < uncapped - 1e-3
            clear &= np.abs(cover - uncapped) > 1e-3
    limiting = np.where((losses == 0).all(0), 6, limiting)
    limiting = np.where(np.isnan(score), 0, limiting)
    clear |= np.isnan(score) | (score == 0)
    return {
        "score": np.where(np.isnan(score), -1, score), "class": classes, "limiting": limiting,
        "clear": clear, "bounds": bounds,
    }


def evaluate_near(model, codes, values):
    """As `evaluate`, and the scores at the ends of what elevation and slope are right to: where a sub-score
    nears 0 a millimetre counts."""
    expected = evaluate(model, codes, values)
    scores = [expected["score"]]
    for key, reach in [("elevation", 2e-3), ("slope", 2e-5)]:
        if key not in values:
            continue
        for sign in (-1, 1):
            scores.append(evaluate(model, codes, {**values, key: values[key] + sign * reach})["score"])
    return {**expected, "low": np.min(scores, axis=0), "high": np.max(scores, axis=0)}


def resistance(model, codes, score):
    """Of a score rounded to 4 decimals; -1 where there is none."""
    c, top = model["resistance"]["c"], model["resistance"]["max"]
    found = top - (top - 1) * (1 - np.exp(-c * score / 100)) / (1 - np.exp(-c))
    for key, value in model["resistance"]["overrides"].items():
        found[codes == CATEGORIES.index(key) + 1] = value
    return np.where(score < 0, -1, found)
