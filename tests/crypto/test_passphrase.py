"""Passphrases that are made: long enough that no hash is needed, and forgiving of how they are typed."""

from vetting.crypto import passphrase


def test_six_words_that_can_be_said() -> None:
    made = {passphrase.new_passphrase() for _ in range(300)}
    assert len(made) == 300
    for phrase in made:
        words = phrase.split(" ")
        assert len(words) == passphrase.WORDS == 6
        assert all(len(word) == 5 and word[1] in "aiou" and word[3] in "aiou" for word in words)


def test_every_word_is_sixteen_bits() -> None:
    assert len({passphrase.word(bits) for bits in range(1 << 16)}) == 1 << 16


def test_the_same_phrase_gives_the_same_key_however_it_is_typed() -> None:
    phrase, salt = passphrase.new_passphrase(), passphrase.new_salt()
    key = passphrase.derive(phrase, salt)
    assert len(key) == 32
    assert passphrase.derive(f"  {phrase.upper().replace(' ', '-')}\n", salt) == key
    assert passphrase.derive(phrase, passphrase.new_salt()) != key
    assert passphrase.derive(passphrase.new_passphrase(), salt) != key


def test_the_costs_are_those_of_the_rfc() -> None:
    """RFC 9106, section 4: the second recommended option. OWASP's least is 19 MiB and two passes."""
    assert (passphrase.ITERATIONS, passphrase.LANES, passphrase.MEMORY_KIB) == (3, 4, 65536)
