// SPDX-License-Identifier: MIT
#pragma once

#include "redisscript_p.h"

#include <QtCore/QByteArray>

#include <initializer_list>

namespace Sojourn {

/// A command for the server, written argument by argument in its protocol (RESP).
class RedisCommand
{
public:
    /// Of \a slot: where in a cluster it is to be carried out.
    explicit RedisCommand(QByteArrayView name, quint16 slot = 0);
    /// EVALSHA of the script with this hash, as hexadecimal text, that declares \a key. Its last argument, the time after which
    /// it is not to run, is added by the connection.
    static RedisCommand script(const RedisScript &script, QByteArrayView key, quint16 slot);

    RedisCommand &add(QByteArrayView argument) { return add({argument}); }
    /// One argument that consists of \a parts.
    RedisCommand &add(std::initializer_list<QByteArrayView> parts);
    RedisCommand &add(qint64 number);
    /// All arguments of \a other but its name, with its switch.
    RedisCommand &addArgumentsOf(const RedisCommand &other);
    /// An argument that is 0 until switchOn() makes it 1. A command has one at most.
    RedisCommand &addSwitch();
    void switchOn();

    /// A script() command that brings the script along, for a server that does not know it.
    [[nodiscard]] RedisCommand withText(QByteArrayView text) const;

    /// Has it count as done only when replicas have it, too.
    RedisCommand &makeLasting(bool lasting = true)
    {
        m_isLasting = lasting;
        return *this;
    }
    [[nodiscard]] bool isLasting() const { return m_isLasting; }

    [[nodiscard]] quint16 slot() const { return m_slot; }
    [[nodiscard]] bool isScript() const { return m_isScript; }
    /// Whether it may change something, so that its fate matters to whoever gets no answer.
    [[nodiscard]] bool writes() const { return m_writes; }
    /// How many arguments there are, the name among them.
    [[nodiscard]] int count() const { return m_count; }
    /// All arguments, each behind its size. The server wants their count before.
    [[nodiscard]] QByteArrayView arguments() const { return m_arguments; }

private:
    [[nodiscard]] char *grow(qsizetype size);

    QByteArray m_arguments;
    qsizetype m_head = 0; // where the name ends
    qsizetype m_switch = -1; // where it is
    int m_count = 0;
    quint16 m_slot = 0;
    bool m_isScript = false;
    bool m_writes = false;
    bool m_isLasting = false;
};

} // namespace Sojourn
