// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

#include <vector>

namespace Sojourn {

class RedisReplyBuffer;

/// A reply of the server, or a part of one: a view into the buffer that holds it, valid inside the handler that gets it and only
/// until that reads the next reply.
class RedisReply
{
public:
    enum Type { String = 1, Array, Integer, Nil, Status, Error }; // as REDIS_REPLY_*

    [[nodiscard]] Type type() const;
    [[nodiscard]] bool isError(QByteArrayView code) const { return type() == Error && text().startsWith(code); }
    /// Whether a node of a cluster does not serve the slot now: another one has it, it is on its way, or nobody has it.
    [[nodiscard]] bool isOfAnotherSlot() const { return isError("MOVED") || isError("ASK") || isError("CLUSTERDOWN"); }
    /// The text of a string, a status or an error; empty for anything else.
    [[nodiscard]] QByteArrayView text() const;
    [[nodiscard]] qint64 integer() const;
    /// The number of elements of an array; 0 for anything else.
    [[nodiscard]] qsizetype size() const;

    class iterator
    {
    public:
        iterator() = default;
        RedisReply operator*() const { return RedisReply(m_buffer, m_node); }
        iterator &operator++();
        bool operator!=(const iterator &other) const { return m_left != other.m_left; }

    private:
        friend class RedisReply;
        iterator(const RedisReplyBuffer *buffer, qsizetype node, qsizetype left)
            : m_buffer(buffer), m_node(node), m_left(left) { }
        const RedisReplyBuffer *m_buffer = nullptr;
        qsizetype m_node = 0;
        qsizetype m_left = 0;
    };
    [[nodiscard]] iterator begin() const { return iterator(m_buffer, m_node + 1, size()); }
    [[nodiscard]] iterator end() const { return iterator(m_buffer, 0, 0); }
    /// An element of an array; steps over those before it.
    [[nodiscard]] RedisReply operator[](qsizetype index) const;

    /// The whole reply that this is or is a part of, to be kept.
    [[nodiscard]] RedisReplyBuffer buffer() const;

private:
    friend class RedisReplyBuffer;
    RedisReply(const RedisReplyBuffer *buffer, qsizetype node) : m_buffer(buffer), m_node(node) { }

    const RedisReplyBuffer *m_buffer;
    qsizetype m_node;
};

/// Holds one reply in two blocks of memory that are used again for the next.
class RedisReplyBuffer
{
public:
    void clear();
    void addText(int type, QByteArrayView text);
    void addNumber(int type, qint64 number);
    [[nodiscard]] RedisReply reply() const { return RedisReply(this, 0); }

private:
    friend class RedisReply;

    struct Node
    {
        RedisReply::Type type;
        qint64 value;   // the number, how many elements follow, or where the text begins
        qsizetype size; // of the text
    };
    std::vector<Node> m_nodes; // each array is followed by its elements
    QByteArray m_text;
};

inline RedisReply::Type RedisReply::type() const
{
    return m_buffer->m_nodes[m_node].type;
}

inline QByteArrayView RedisReply::text() const
{
    const RedisReplyBuffer::Node &node = m_buffer->m_nodes[m_node];
    if (node.type != String && node.type != Status && node.type != Error)
        return {};
    return QByteArrayView(m_buffer->m_text).sliced(node.value, node.size);
}

inline qint64 RedisReply::integer() const
{
    const RedisReplyBuffer::Node &node = m_buffer->m_nodes[m_node];
    return node.type == Integer ? node.value : 0;
}

inline qsizetype RedisReply::size() const
{
    const RedisReplyBuffer::Node &node = m_buffer->m_nodes[m_node];
    return node.type == Array ? node.value : 0;
}

inline RedisReplyBuffer RedisReply::buffer() const
{
    return *m_buffer;
}

/// The value of a line of the answer to INFO.
[[nodiscard]] QByteArrayView infoField(QByteArrayView info, QByteArrayView name);

} // namespace Sojourn
