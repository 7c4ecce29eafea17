// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/Task>

#include <QtCore/QEventLoop>

namespace Sojourn {

/// What comes of \a task, while events of this thread are handled.
template<class T>
Result<T> await(Task<T> task)
{
    std::optional<Result<T>> result;
    QEventLoop loop;
    task.then([&](Result<T> r) {
        result = std::move(r);
        loop.quit();
    });
    if (!result)
        loop.exec();
    return *result;
}

} // namespace Sojourn
