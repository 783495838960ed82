"""Signs and verifies with dkimpy. Reads one JSON request from standard input, answers with one JSON list, in the same order."""
import base64
import json
import logging
import sys

import dkim

request = json.load(sys.stdin)
zone = {name.encode(): records for name, records in request["zone"].items()}
logged = []


class Keep(logging.Handler):
    """Keeps what is logged: of a key that cannot be used dkimpy speaks nowhere else."""

    def emit(self, record):
        logged.append(record.getMessage())


logger = logging.getLogger("dkimpy")
logger.addHandler(Keep(logging.ERROR))
logger.propagate = False


def txt(name, timeout=5):
    """The first record at a name, as a look-up in DNS would give it."""
    records = zone.get(name.lower().rstrip(b"."))
    return records[0].encode() if records else None


def octets(text):
    return base64.b64decode(text)


def verify(message):
    logged.clear()
    try:
        verified = dkim.DKIM(message, logger=logger).verify(dnsfunc=txt)
        return ["pass", ""] if verified else ["fail", " ".join(logged)]
    except Exception as error:
        return [type(error).__name__, str(error)]


def verify_arc(message):
    """The result of the chain and, newest first, whether each message signature verifies."""
    result, instances, _ = dkim.ARC(message, logger=logger).verify(dnsfunc=txt)
    return [result.decode() if result else "fail", [instance["ams-valid"] for instance in instances]]


def sign(job):
    header, body = (form.encode() for form in job["canonicalization"].split("/"))
    field = dkim.DKIM(octets(job["message"]), logger=logger).sign(
        job["selector"].encode(),
        job["domain"].encode(),
        job["key"].encode(),
        signature_algorithm=job["algorithm"].encode(),
        canonicalize=(header, body),
        include_headers=[name.encode() for name in job["headers"]],
        length=job["length"],
    )
    return base64.b64encode(field).decode()


def seal(job):
    """The message as each of the hops sends it on: changed, judged by Authentication-Results, and sealed."""
    message = octets(job["message"])
    sent = []
    for hop in job["hops"]:
        results = "Authentication-Results: %s; spf=pass smtp.mailfrom=example.com; arc=%s\r\n"
        message = (results % (hop["domain"], hop["arc"])).encode() + message + octets(hop["appended"])
        fields = dkim.arc_sign(
            message,
            hop["selector"].encode(),
            hop["domain"].encode(),
            job["key"].encode(),
            hop["domain"].encode(),
            include_headers=[b"from", b"to", b"subject", b"date"],
            logger=logger,
        )
        message = b"".join(fields) + message
        sent.append(base64.b64encode(message).decode())
    return sent


work = {
    "verify": lambda message: verify(octets(message)),
    "verify-arc": lambda message: verify_arc(octets(message)),
    "sign": sign,
    "seal": seal,
}[request["do"]]
json.dump([work(job) for job in request["jobs"]], sys.stdout)
