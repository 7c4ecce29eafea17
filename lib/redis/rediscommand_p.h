// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

#include <initializer_list>

namespace Sojourn {

/// A command as the server reads it (RESP), written argument by argument.
class RedisCommand
{
public:
    explicit RedisCommand(QByteArrayView name);
    /// EVALSHA of the script with this hash, as hexadecimal text, without declared keys.
    static RedisCommand script(QByteArrayView sha);

    RedisCommand &add(QByteArrayView argument) { return add({argument}); }
    /// One argument that consists of \a parts.
    RedisCommand &add(std::initializer_list<QByteArrayView> parts);
    RedisCommand &add(qint64 number);

    /// A script() command that brings the script along, for a server that does not know it.
    [[nodiscard]] RedisCommand withText(QByteArrayView text) const;

    /// The whole command. Valid until the next add().
    [[nodiscard]] QByteArrayView bytes();

private:
    RedisCommand() = default;

    QByteArray m_bytes; // room for the head, then the arguments
    int m_count = 0;
};

} // namespace Sojourn
