"""Distances between two sets of predictions, as `llama-perplexity --kl-divergence` defines them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CHUNK = 4096


@dataclass(frozen=True)
class Estimate:
    """A mean over `n` positions and its standard error."""

    mean: float
    error: float
    n: int


@dataclass(frozen=True)
class Quality:
    """How one precision predicts.

    `perplexity`: of the right answers. `log_perplexity_change`: its logarithm minus that of the reference, paired by
    position. `divergence`: Kullback–Leibler, of this from the reference, in nats. `same_top`: share of positions
    at which both find the same token most likely, from 0 to 1.
    """

    perplexity: float
    log_perplexity_change: Estimate
    divergence: Estimate
    same_top: Estimate


def compare(reference: NDArray[np.float32], other: NDArray[np.float32], targets: NDArray[np.int64]) -> Quality:
    """Compares log-probabilities [n, vocab] of a reference and another model at positions with the right ids [n]."""
    divergence = np.concatenate(
        [
            _divergence(reference[start : start + CHUNK], other[start : start + CHUNK])
            for start in range(0, len(targets), CHUNK)
        ]
    )
    rows = np.arange(len(targets))
    losses = -other[rows, targets].astype(np.float64)
    change = losses + reference[rows, targets]
    same = (reference.argmax(axis=-1) == other.argmax(axis=-1)).astype(np.float64)
    return Quality(float(np.exp(losses.mean())), _estimate(change), _estimate(divergence), _estimate(same))


def _divergence(reference: NDArray[np.float32], other: NDArray[np.float32]) -> NDArray[np.float64]:
    log_p, log_q = reference.astype(np.float64), other.astype(np.float64)
    p, q = np.exp(log_p), np.exp(log_q)
    # The last two terms cancel for exact distributions; for rounded ones they keep the result from turning negative.
    return (p * (log_p - log_q) - p + q).sum(axis=-1)


def _estimate(values: NDArray[np.float64]) -> Estimate:
    return Estimate(float(values.mean()), float(values.std(ddof=1) / np.sqrt(len(values))), len(values))
