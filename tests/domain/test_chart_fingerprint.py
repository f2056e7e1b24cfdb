"""The fingerprint of a chart: short enough for the telephone, and of the whole hash."""

from hashlib import sha256

from visitor_register.domain.chart_fingerprint import OF_KEY, readable


def test_it_is_eight_signs_in_two_groups() -> None:
    assert readable(sha256(b"chart").hexdigest()) == "C1Y6-A11N"
    assert [len(group) for group in readable(sha256(b"key").hexdigest(), OF_KEY).split("-")] == [4, 4, 4, 4]


def test_charts_that_differ_in_one_byte_differ_in_their_fingerprints() -> None:
    said = {readable(sha256(bytes([number])).hexdigest()) for number in range(256)}
    assert len(said) == 256
    assert not set("".join(said)) & set("ILOQUilo")
