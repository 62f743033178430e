"""Checks data/golden.txt with nothing but Python's standard library.

AES and GCM are written out here from FIPS 197 and NIST SP 800-38D, HKDF from RFC 5869: it shares no line, no
library and no author's mistake with the program. Far too slow and too leaky for anything but this.

    python3 golden.py            checks the file, exit code 0 if all holds
    python3 golden.py --write    writes the file anew: that is a break of the format
"""

import hashlib
import hmac
import pathlib
import sys

FILE = pathlib.Path(__file__).parent / "data" / "golden.txt"
HEAD = """\
# Values as version 1 of the format stores them. A change here is a break of the format: what is stored is lost.
# Made and checked by golden.py, checked by src/golden.rs. Several words as the row are its natural key.
"""
CASES = [
    ("a short text", 1, "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
     "patients.phone", "patient_01h455vb4pex5vsknk084sn02q", "cafebabefacedbaddecaf888", 0, b"+49 30 1234"),
    ("nothing", 1, "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
     "patients.phone", "patient_01h455vb4pex5vsknk084sn02q", "000000000000000000000000", 0, b""),
    ("a natural key, a high number", 0xDEADBEEF, "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
     "finance.secret", "user_01h455vb4pex5vsknk084sn02q plaid_access_token", "0102030405060708090a0b0c", 0,
     b"access-sandbox-7c6f"),
    ("filled up to 16", 2, "8080808080808080808080808080808180808080808080808080808080808080",
     "patients.phone", "p", "ffffffffffffffffffffffff", 16, b"exactly 16 bytes"),
    ("filled up to 64", 2, "8080808080808080808080808080808180808080808080808080808080808080",
     "patients.ärzte", "p", "00000000000000000000000f", 64, "Zoë".encode()),
    ("many blocks", 7, "0f0e0d0c0b0a090807060504030201001f1e1d1c1b1a19181716151413121110",
     "c", "r", "9313225df88406e555909c5a", 0, bytes(range(256)) * 2 + b"."),
]


def aes_tables():
    sbox, p, q = [0] * 256, 1, 1
    while True:
        p ^= (p << 1 ^ (0x1B if p & 0x80 else 0)) & 0xFF        # p * 3
        for shift in (1, 2, 4):
            q ^= q << shift & 0xFF                              # q / 3
        q ^= 0x09 if q & 0x80 else 0
        sbox[p] = 0x63 ^ q ^ rotate(q, 1) ^ rotate(q, 2) ^ rotate(q, 3) ^ rotate(q, 4)
        if p == 1:
            sbox[0] = 0x63
            return sbox


def rotate(byte, by):
    return (byte << by | byte >> 8 - by) & 0xFF


SBOX = aes_tables()


def double(byte):
    return (byte << 1 ^ (0x1B if byte & 0x80 else 0)) & 0xFF


def expand(key):
    words, rcon = [list(key[at:at + 4]) for at in range(0, 32, 4)], 1
    for at in range(8, 60):
        word = list(words[-1])
        if at % 8 == 0:
            word = [SBOX[byte] for byte in word[1:] + word[:1]]
            word[0] ^= rcon
            rcon = double(rcon)
        elif at % 8 == 4:
            word = [SBOX[byte] for byte in word]
        words.append([a ^ b for a, b in zip(words[at - 8], word)])
    return [sum(words[at:at + 4], []) for at in range(0, 60, 4)]


def encrypt_block(rounds, block):
    state = [a ^ b for a, b in zip(block, rounds[0])]
    for number, key in enumerate(rounds[1:], 1):
        state = [SBOX[state[(at + 4 * (at % 4)) % 16]] for at in range(16)]
        if number < len(rounds) - 1:
            mixed = []
            for at in range(0, 16, 4):
                column = state[at:at + 4]
                for row in range(4):
                    a, b = column[row], column[(row + 1) % 4]
                    mixed.append(double(a) ^ double(b) ^ b ^ column[(row + 2) % 4] ^ column[(row + 3) % 4])
            state = mixed
        state = [a ^ b for a, b in zip(state, key)]
    return bytes(state)


def times(x, y):
    product = 0
    for bit in range(127, -1, -1):
        if y >> bit & 1:
            product ^= x
        x = x >> 1 ^ (0xE1 << 120 if x & 1 else 0)
    return product


def gcm(key, nonce, aad, plain):
    rounds = expand(key)
    h = int.from_bytes(encrypt_block(rounds, bytes(16)), "big")
    block = lambda count: encrypt_block(rounds, nonce + count.to_bytes(4, "big"))
    stream = b"".join(block(2 + at) for at in range((len(plain) + 15) // 16))
    cipher = bytes(a ^ b for a, b in zip(plain, stream))
    filled = lambda data: data + bytes(-len(data) % 16)
    hashed = filled(aad) + filled(cipher) + (8 * len(aad)).to_bytes(8, "big") + (8 * len(cipher)).to_bytes(8, "big")
    tag = 0
    for at in range(0, len(hashed), 16):
        tag = times(tag ^ int.from_bytes(hashed[at:at + 16], "big"), h)
    return cipher, bytes(a ^ b for a, b in zip(tag.to_bytes(16, "big"), block(1)))


def counted(data):
    return len(data).to_bytes(2, "big") + data


def seal(key_id, root, context, row, nonce, padding, plain):
    extracted = hmac.new(b"tk-secrets-1", root, hashlib.sha256).digest()
    key = hmac.new(extracted, b"enc" + counted(context.encode()) + b"\x01", hashlib.sha256).digest()
    header = bytes([1, 1]) + key_id.to_bytes(4, "big")
    parts = [part.encode() for part in row.split(" ")]
    row = parts[0] if len(parts) == 1 else b"".join(map(counted, parts))
    if padding:
        plain += b"\x80"
        plain += bytes(-len(plain) % padding)
    cipher, tag = gcm(key, nonce, b"tk-aad-1" + header + counted(context.encode()) + counted(row), plain)
    return header + nonce + cipher + tag


def check_primitive():
    """Test case 16 of the GCM submission, so that this script is held to something too."""
    key = bytes.fromhex("feffe9928665731c6d6a8f9467308308" * 2)
    plain = bytes.fromhex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525"
                          "b16aedf5aa0de657ba637b39")
    aad = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    _, tag = gcm(key, bytes.fromhex("cafebabefacedbaddecaf888"), aad, plain)
    assert tag.hex() == "76fc6ece0f4e1768cddf8853bb2d551b", tag.hex()


def main():
    check_primitive()
    text = HEAD
    for name, key_id, key, context, row, nonce, padding, plain in CASES:
        envelope = seal(key_id, bytes.fromhex(key), context, row, bytes.fromhex(nonce), padding, plain)
        fields = dict(name=name, id=key_id, key=key, context=context, row=row, nonce=nonce, padding=padding,
                      plain=plain.hex(), envelope=envelope.hex())
        text += "\n" + "".join(f"{field}: {value}".rstrip() + "\n" for field, value in fields.items())
    if sys.argv[1:] == ["--write"]:
        FILE.write_text(text, encoding="utf-8")
    elif FILE.read_text(encoding="utf-8") != text:
        sys.exit("golden.txt is not what the format says")
    print(f"{len(CASES)} values are as the format says")


main()
