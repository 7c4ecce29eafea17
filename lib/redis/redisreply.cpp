// SPDX-License-Identifier: MIT
#include "redisreply_p.h"

namespace Sojourn {

RedisReply::iterator &RedisReply::iterator::operator++()
{
    qsizetype toSkip = 1; // nodes, those inside of arrays too
    while (toSkip-- > 0)
        toSkip += RedisReply(m_buffer, m_node++).size();
    --m_left;
    return *this;
}

RedisReply RedisReply::operator[](qsizetype index) const
{
    Q_ASSERT(index < size());
    iterator it = begin();
    while (index-- > 0)
        ++it;
    return *it;
}

QByteArrayView infoField(QByteArrayView info, QByteArrayView name)
{
    for (qsizetype at = info.indexOf(name); at >= 0; at = info.indexOf(name, at + 1)) {
        const QByteArrayView line = info.sliced(at + name.size());
        if ((at == 0 || info[at - 1] == '\n') && line.startsWith(':'))
            return line.sliced(1).first(std::max<qsizetype>(line.indexOf('\r') - 1, 0));
    }
    return {};
}

void RedisReplyBuffer::clear()
{
    constexpr qsizetype keep = 1 << 20;
    if (m_text.capacity() > keep)
        *this = {};
    m_nodes.clear();
    m_text.resize(0);
}

void RedisReplyBuffer::addText(int type, QByteArrayView text)
{
    m_nodes.push_back({static_cast<RedisReply::Type>(type), m_text.size(), text.size()});
    m_text.append(text);
}

void RedisReplyBuffer::addNumber(int type, qint64 number)
{
    m_nodes.push_back({static_cast<RedisReply::Type>(type), number, 0});
}

} // namespace Sojourn
