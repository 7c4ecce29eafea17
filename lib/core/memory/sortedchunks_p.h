// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QtGlobal>

#include <algorithm>
#include <vector>

namespace Sojourn {

/// Values in order, in chunks short enough to shift and long enough to skip: among a million of them one is inserted, erased
/// or found by its rank within a microsecond or a few.
template<class T>
class SortedChunks
{
public:
    [[nodiscard]] qsizetype size() const { return m_size; }

    /// \a less is a strict order in which no two values are equal; always the same one.
    template<class Less>
    void insert(const T &value, Less less)
    {
        const auto before = [&](const T &other) { return less(other, value); };
        ++m_size;
        if (m_chunks.empty())
            addChunk(m_chunks.end());
        auto chunk = chunkOf(before);
        if (chunk->size() == ChunkSize) {
            if (chunk + 1 == m_chunks.end() && before(chunk->back())) {
                chunk = addChunk(m_chunks.end()); // values that come in order leave full chunks behind
            } else {
                chunk = addChunk(chunk + 1) - 1;
                const auto middle = chunk->begin() + ChunkSize / 2;
                chunk[1].assign(middle, chunk->end());
                chunk->erase(middle, chunk->end());
                if (before(chunk->back()))
                    ++chunk;
            }
        }
        chunk->insert(std::ranges::partition_point(*chunk, before), value);
    }

    /// Erases \a value, which must be there.
    template<class Less>
    void erase(const T &value, Less less)
    {
        const auto before = [&](const T &other) { return !less(value, other); }; // up to and with the value
        const auto chunk = chunkOf(before);
        const auto after = std::ranges::partition_point(*chunk, before);
        Q_ASSERT(after != chunk->begin());
        chunk->erase(after - 1);
        --m_size;
        if (chunk->empty()) {
            m_chunks.erase(chunk);
        } else if (const auto next = chunk + 1; next != m_chunks.end() && chunk->size() + next->size() <= ChunkSize / 2) {
            chunk->insert(chunk->end(), next->begin(), next->end());
            m_chunks.erase(next);
        }
    }

    /// How many values there are for which \a before holds; it must hold for none behind one for which it does not.
    template<class Before>
    [[nodiscard]] qsizetype rank(Before before) const
    {
        const auto chunk = std::ranges::partition_point(m_chunks, [&](const Chunk &c) { return before(c.back()); });
        qsizetype rank = 0;
        for (auto passed = m_chunks.begin(); passed != chunk; ++passed)
            rank += qsizetype(passed->size());
        if (chunk != m_chunks.end())
            rank += std::ranges::partition_point(*chunk, before) - chunk->begin();
        return rank;
    }

    /// Calls \a visit with the value of rank \a from and those behind it, or with \a backwards those before it, while it returns
    /// true.
    template<class Visit>
    void walk(qsizetype from, bool backwards, Visit visit) const
    {
        if (from < 0 || from >= m_size)
            return;
        auto chunk = m_chunks.begin();
        for (; from >= qsizetype(chunk->size()); ++chunk)
            from -= qsizetype(chunk->size());
        while (visit((*chunk)[size_t(from)])) {
            if (backwards && --from < 0) {
                if (chunk == m_chunks.begin())
                    return;
                --chunk;
                from = qsizetype(chunk->size()) - 1;
            } else if (!backwards && ++from == qsizetype(chunk->size())) {
                if (++chunk == m_chunks.end())
                    return;
                from = 0;
            }
        }
    }

    /// Calls \a change with each value; it must not change the order.
    template<class Change>
    void changeEach(Change change)
    {
        for (Chunk &chunk : m_chunks)
            std::ranges::for_each(chunk, change);
    }

private:
    static constexpr size_t ChunkSize = 512;
    using Chunk = std::vector<T>;
    using Chunks = std::vector<Chunk>;

    typename Chunks::iterator addChunk(typename Chunks::iterator at)
    {
        const auto added = m_chunks.emplace(at);
        added->reserve(ChunkSize);
        return added;
    }

    /// The last chunk whose first value is \a before, else the first chunk.
    template<class Before>
    typename Chunks::iterator chunkOf(Before before)
    {
        const auto after = std::ranges::partition_point(m_chunks, [&](const Chunk &chunk) {
            return !chunk.empty() && before(chunk.front());
        });
        return after == m_chunks.begin() ? after : after - 1;
    }

    Chunks m_chunks; // none is empty
    qsizetype m_size = 0;
};

} // namespace Sojourn
