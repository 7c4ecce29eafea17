// SPDX-License-Identifier: MIT
#include "redisshards_p.h"

#include <QtCore/QCryptographicHash>

#include <algorithm>
#include <bit>

namespace Sojourn {

QByteArray RedisShard::index(qsizetype number, const QByteArray &user)
{
    static constexpr QByteArrayView names[] = {":created", ":expires",  ":seen",  "i:users",
                                               "i:keys",   "i:expires", "i:seen", "i:created"};
    const QByteArrayView name = names[number];
    return name.startsWith(':') ? "u:" + user + name.toByteArray() : name.toByteArray();
}

RedisShards::RedisShards(const RedisOptions &options) : m_prefix(options.prefix)
{
    const auto count = std::bit_ceil(unsigned(std::clamp(options.shards, 1, Most)));
    m_bits = std::countr_zero(count);
    const QByteArray events = options.database == 0 ? QByteArrayLiteral("events")
                                                    : "events:" + QByteArray::number(options.database);
    if (count == 1 && options.clusterNodes.isEmpty()) {
        m_shards.push_back({m_prefix, m_prefix + events, slotOf(m_prefix)});
        return;
    }
    for (unsigned number = 0; number < count; ++number) {
        const QByteArray prefix = '{' + m_prefix + QByteArray::number(number) + '}';
        m_shards.push_back({prefix, prefix + events, slotOf(prefix)});
    }
}

int RedisShards::numberOf(const SessionKey &key) const
{
    const QByteArrayView bytes = key.bytes();
    return (quint8(bytes[0]) << 8 | quint8(bytes[1])) >> (16 - m_bits);
}

std::vector<int> RedisShards::ofPrefix(QByteArrayView keyPrefix) const
{
    // The texts with this prefix lie between it with zeros behind and with ones, by bits.
    const auto filled = [keyPrefix](char with) {
        QByteArray text = keyPrefix.first(std::min<qsizetype>(keyPrefix.size(), 4)).toByteArray().leftJustified(4, with);
        return QByteArray::fromBase64(text, QByteArray::Base64UrlEncoding).leftJustified(2, '\0');
    };
    const auto number = [this](const QByteArray &bytes) { return (quint8(bytes[0]) << 8 | quint8(bytes[1])) >> (16 - m_bits); };
    std::vector<int> numbers;
    for (int n = number(filled('A')); n <= number(filled('_')); ++n)
        numbers.push_back(n);
    return numbers;
}

RedisShard RedisShards::home(QByteArrayView user) const
{
    const QByteArray hash = QCryptographicHash::hash(user.toByteArray(), QCryptographicHash::Sha256)
                                .first(16)
                                .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    const QByteArray key = '{' + m_prefix + "u:" + hash + '}';
    return {key, {}, slotOf(key)};
}

quint16 RedisShards::slotOf(QByteArrayView key)
{
    // What stands in the first braces, if anything does.
    if (const qsizetype open = key.indexOf('{'); open >= 0) {
        const qsizetype close = key.indexOf('}', open + 1);
        if (close > open + 1)
            key = key.sliced(open + 1, close - open - 1);
    }
    quint16 crc = 0; // CRC16/XMODEM
    for (const char c : key) {
        crc ^= quint16(quint8(c) << 8);
        for (int bit = 0; bit < 8; ++bit)
            crc = quint16(crc & 0x8000 ? crc << 1 ^ 0x1021 : crc << 1);
    }
    return crc % 16384;
}

} // namespace Sojourn
