// Signed notes and Merkle proofs as golang.org/x/mod/sumdb, the reference implementation of both, reads and writes them.
// One request in JSON on each line of standard input, one answer on each line of standard output.
package main

import (
	"encoding/json"
	"errors"
	"os"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type request struct {
	Do, Note, Text string
	Keys           []string
	Size, Place    int64
	Root, Hash     tlog.Hash
	Path           []tlog.Hash
}

type answer struct {
	Text, Error string
	Known       int
}

func sign(r request) (answer, error) {
	var signers []note.Signer
	for _, key := range r.Keys {
		signer, err := note.NewSigner(key)
		if err != nil {
			return answer{}, err
		}
		signers = append(signers, signer)
	}
	made, err := note.Sign(&note.Note{Text: r.Text}, signers...)
	return answer{Text: string(made)}, err
}

func open(r request) (answer, error) {
	var verifiers []note.Verifier
	for _, key := range r.Keys {
		verifier, err := note.NewVerifier(key)
		if err != nil {
			return answer{}, err
		}
		verifiers = append(verifiers, verifier)
	}
	opened, err := note.Open([]byte(r.Note), note.VerifierList(verifiers...))
	if err != nil {
		return answer{}, err
	}
	return answer{Text: opened.Text, Known: len(opened.Sigs)}, nil
}

func do(r request) (answer, error) {
	switch r.Do {
	case "sign":
		return sign(r)
	case "open":
		return open(r)
	case "included":
		return answer{}, tlog.CheckRecord(r.Path, r.Size, r.Root, r.Place, r.Hash)
	case "consistent":
		return answer{}, tlog.CheckTree(r.Path, r.Size, r.Root, r.Place, r.Hash)
	}
	return answer{}, errors.New("unknown request")
}

func main() {
	in, out := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	for in.More() {
		var r request
		if err := in.Decode(&r); err != nil {
			panic(err)
		}
		a, err := do(r)
		if err != nil {
			a.Error = err.Error()
		}
		if err := out.Encode(a); err != nil {
			panic(err)
		}
	}
}
