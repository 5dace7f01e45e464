"""How unlike its training pictures a picture is: a distance in the space of the network's pooled features.

`Σ ((x − mean)·component)² · inverseVariance` over the principal components, plus the squared rest beside them times one
more inverse variance: goods, scanners or things no X-ray ever showed lie far away, and a person looks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

COMPONENTS = 32


@dataclass(frozen=True)
class Familiarity:
    """mean [D], components [K,D] (orthonormal rows), inverse variances [K + 1] (the last is of the rest)."""

    mean: np.ndarray
    components: np.ndarray
    inverse_variances: np.ndarray

    def distance(self, embeddings: np.ndarray) -> np.ndarray:
        """Squared distances [n] of embeddings [n, D]."""
        apart = embeddings - self.mean
        along = apart @ self.components.T
        rest = np.maximum((apart**2).sum(1) - (along**2).sum(1), 0)
        return (along**2) @ self.inverse_variances[:-1] + rest * self.inverse_variances[-1]


def fit(embeddings: np.ndarray, components: int = COMPONENTS) -> Familiarity:
    """From ordinary embeddings [n, D]; the rest's variance is per degree of freedom, so all terms weigh alike."""
    mean = embeddings.mean(0)
    apart = embeddings - mean
    _, strengths, directions = np.linalg.svd(apart, full_matrices=False)
    variances = strengths**2 / (len(embeddings) - 1)
    rest = variances[components:].sum() / max(1, embeddings.shape[1] - components)
    return Familiarity(mean, directions[:components], 1 / np.append(variances[:components], rest))
