"""Grafana's boards, alert rules and provisioning files, made from the KPI declarations; and the way into a Grafana.

Everything up to `files` is pure: declarations in, plain dictionaries out. `files` is what `make generate` writes and
`nhip grafana export` hands out; `sync` brings the same into a Grafana through `adapter`.
"""
