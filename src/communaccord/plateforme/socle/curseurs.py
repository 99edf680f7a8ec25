"""Parts that sum to a hundred: what the sliders do in the browser, done here for those without JavaScript. Pure."""

from collections.abc import Collection, Mapping

TOTAL = 100


def rebalance_parts(
    parts: Mapping[str, int],
    *,
    moved: str | None = None,
    locked: Collection[str] = (),
    unfit: Collection[str] = (),
    total: int = TOTAL,
) -> dict[str, int]:
    """Whole parts that sum to `total`: the moved and the locked ones keep their value, the others share the rest in
    proportion to what they had (when they had nothing, equally among those that are not unfit, or among all of them
    when none is fit); units left over go to the largest remainders, then
    to the first part in the order given. When what is kept exceeds the total, the locked parts win and the moved one
    takes what is left, as it does when nothing else is free to move; when every part is kept, they are returned as
    they are (the sum is then shown as wrong).

    Raises ValueError on a negative part.
    """
    if any(part < 0 for part in parts.values()):
        raise ValueError("Une part ne peut pas être négative.")
    result = dict(parts)
    free = [name for name in parts if name != moved and name not in locked]
    held = sum(parts[name] for name in locked if name in parts and name != moved)
    if moved is not None and moved in parts:
        room = max(total - held, 0)
        result[moved] = min(parts[moved], room) if free else room
        held += result[moved]
    rest = max(total - held, 0)
    weights = {name: parts[name] for name in free}
    if not any(weights.values()):
        fit = [name for name in free if name not in unfit] or free
        weights = {name: int(name in fit) for name in free}
    weight = sum(weights.values())
    for name in free:
        result[name] = rest * weights[name] // weight
    order = sorted(free, key=lambda name: (-(rest * weights[name] % weight), free.index(name)))
    for name in order[: rest - sum(result[name] for name in free)]:
        result[name] += 1
    return result
