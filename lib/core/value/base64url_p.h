// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace Sojourn::Detail {

inline constexpr std::string_view Base64UrlAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Decodes \a text (base64url of RFC 4648, no padding) into exactly \a bytes; false for any other length or character,
/// and if the spare bits of the last character are not zero, so that each value has one spelling only.
inline bool decodeBase64Url(QByteArrayView text, std::span<quint8> bytes)
{
    static constexpr std::array<qint8, 256> values = [] {
        std::array<qint8, 256> table;
        table.fill(-1);
        for (size_t i = 0; i < Base64UrlAlphabet.size(); ++i)
            table[static_cast<quint8>(Base64UrlAlphabet[i])] = static_cast<qint8>(i);
        return table;
    }();

    if (static_cast<size_t>(text.size()) != (bytes.size() * 8 + 5) / 6)
        return false;
    const auto valueAt = [&text](qsizetype at) { return int(values[static_cast<quint8>(text[at])]); };
    qsizetype in = 0;
    size_t out = 0;
    for (; bytes.size() - out >= 3; in += 4, out += 3) {
        const int a = valueAt(in), b = valueAt(in + 1), c = valueAt(in + 2), d = valueAt(in + 3);
        if ((a | b | c | d) < 0)
            return false;
        const auto three = static_cast<quint32>(a << 18 | b << 12 | c << 6 | d);
        bytes[out] = static_cast<quint8>(three >> 16);
        bytes[out + 1] = static_cast<quint8>(three >> 8);
        bytes[out + 2] = static_cast<quint8>(three);
    }
    quint32 buffer = 0;
    int bits = 0;
    for (const char c : text.sliced(in)) {
        const qint8 value = values[static_cast<quint8>(c)];
        if (value < 0)
            return false;
        buffer = buffer << 6 | static_cast<quint8>(value);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes[out++] = static_cast<quint8>(buffer >> bits);
        }
    }
    return (buffer & ((1u << bits) - 1)) == 0;
}

/// What decodeBase64Url() reads. Its own, as requests spell several keys: QByteArray::toBase64() takes twice the instructions.
inline QByteArray encodeBase64Url(QByteArrayView bytes)
{
    QByteArray text((bytes.size() * 8 + 5) / 6, Qt::Uninitialized);
    char *out = text.data();
    const auto byteAt = [&bytes](qsizetype at) { return at < bytes.size() ? static_cast<quint8>(bytes[at]) : 0u; };
    for (qsizetype in = 0; in < bytes.size(); in += 3) {
        const quint32 three = byteAt(in) << 16 | byteAt(in + 1) << 8 | byteAt(in + 2);
        const qsizetype letters = std::min<qsizetype>(bytes.size() - in, 3) + 1;
        for (int i = 0; i < letters; ++i)
            *out++ = Base64UrlAlphabet[three >> (18 - 6 * i) & 63];
    }
    return text;
}

} // namespace Sojourn::Detail
