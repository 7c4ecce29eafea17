// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace Sojourn {

/// Rows of several shards in one order. Each shard gives some at a time, in that order.
template<class Row>
class RedisMerge
{
public:
    struct Source
    {
        std::vector<Row> rows;
        size_t taken = 0;
        bool atEnd = false; ///< there are no more than rows

        [[nodiscard]] bool isEmpty() const { return taken == rows.size(); }
    };

    explicit RedisMerge(size_t sources = 1) : m_sources(sources) { }

    [[nodiscard]] Source &operator[](size_t number) { return m_sources[number]; }

    /// The next row; nothing if hungry() sources have to be asked before that is known, or all are at their end.
    template<class Comes>
    [[nodiscard]] std::optional<Row> next(Comes comesBefore)
    {
        Source *first = nullptr;
        for (Source &source : m_sources) {
            if (source.isEmpty() && !source.atEnd)
                return std::nullopt;
            if (!source.isEmpty() && (!first || comesBefore(source.rows[source.taken], first->rows[first->taken])))
                first = &source;
        }
        return first ? std::optional(std::move(first->rows[first->taken++])) : std::nullopt;
    }

    /// The sources that have nothing left and are not at their end.
    [[nodiscard]] std::vector<size_t> hungry() const
    {
        std::vector<size_t> numbers;
        for (size_t i = 0; i < m_sources.size(); ++i) {
            if (m_sources[i].isEmpty() && !m_sources[i].atEnd)
                numbers.push_back(i);
        }
        return numbers;
    }

private:
    std::vector<Source> m_sources;
};

} // namespace Sojourn
