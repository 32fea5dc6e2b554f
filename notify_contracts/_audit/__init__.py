"""Many recordings, in folders and object stores, checked by many machines.

The engine is Dask's `distributed`. It is asked for little: to call a function once for every file, wherever there is
room, and again where a worker was lost. It does so on one machine without a server and on the clusters that people
have (Kubernetes, Slurm, SSH), and is pure Python, as the files' `fsspec` is.

`distributed` and `fsspec` come with the extra ``cluster`` and are imported when a cluster is asked for.
"""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts._audit.auditing import audited
    from notify_contracts._audit.cluster import joined_cluster, own_cluster
    from notify_contracts._audit.gathering import Gathering
    from notify_contracts._audit.sources import File, files, in_folders
    from notify_contracts._audit.working import worked

__all__ = [
    "File",
    "Gathering",
    "audited",
    "files",
    "in_folders",
    "joined_cluster",
    "own_cluster",
    "worked",
]
