"""What the live part tells Prometheus."""

from prometheus_client import Counter, Gauge, Histogram

STREAMS = Gauge("resolutionflow_streams_open", "Streams open in this process")
DELIVERED = Counter("resolutionflow_stream_events_total", "Numbered events written to streams")
BEHIND = Counter("resolutionflow_streams_behind_total", "Times a stream was not in step with its account and caught up by itself")
RESYNCS = Counter("resolutionflow_stream_resyncs_total", "Streams told to reload", ["reason"])
CUT = Counter("resolutionflow_streams_cut_total", "Streams cut because their reader took nothing for too long")
READS = Counter("resolutionflow_log_reads_total", "Reads of the event log for streams", ["by"])
LAG = Histogram(
    "resolutionflow_stream_lag_seconds",
    "From the moment an event was logged to its fan-out, by the clocks of database and process",
    buckets=(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
