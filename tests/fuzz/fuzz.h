// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QList>

#include <cstddef>
#include <cstdint>

// What each fuzzer defines. libFuzzer calls the first for ever; the ordinary tests call it for the seeds and some mutations of
// them.

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/// Good inputs to begin with.
QList<QByteArray> fuzzSeeds();

/// Ends the process with \a what unless \a holds, so that the fuzzer keeps the input.
inline void fuzzCheck(bool holds, const char *what)
{
    if (!holds)
        qFatal("%s", what);
}
