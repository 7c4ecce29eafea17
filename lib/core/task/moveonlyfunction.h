// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#ifndef __cpp_lib_move_only_function
#include <memory>
#include <type_traits>
#include <utility>
#endif

namespace Sojourn {

#ifdef __cpp_lib_move_only_function
/// A function object that may own what cannot be copied.
template<class Signature>
using MoveOnlyFunction = std::move_only_function<Signature>;
#else
/// \cond
// For standard libraries that lack it (libc++): as much of it as is used here.
template<class Signature>
class MoveOnlyFunction;

template<class Answer, class... Arguments>
class MoveOnlyFunction<Answer(Arguments...)>
{
public:
    MoveOnlyFunction() = default;
    MoveOnlyFunction(std::nullptr_t) { }
    template<class Function>
        requires(!std::is_same_v<std::decay_t<Function>, MoveOnlyFunction>
                 && std::is_invocable_r_v<Answer, std::decay_t<Function> &, Arguments...>)
    MoveOnlyFunction(Function &&function)
        : m_held(std::make_unique<Held<std::decay_t<Function>>>(std::forward<Function>(function)))
    { }

    Answer operator()(Arguments... arguments) { return m_held->call(std::forward<Arguments>(arguments)...); }
    explicit operator bool() const { return m_held != nullptr; }

private:
    struct Any
    {
        virtual ~Any() = default;
        virtual Answer call(Arguments... arguments) = 0;
    };
    template<class Function>
    struct Held final : Any
    {
        template<class From>
        explicit Held(From &&from) : function(std::forward<From>(from))
        { }
        Answer call(Arguments... arguments) override
        {
            if constexpr (std::is_void_v<Answer>)
                function(std::forward<Arguments>(arguments)...);
            else
                return function(std::forward<Arguments>(arguments)...);
        }

        Function function;
    };

    std::unique_ptr<Any> m_held;
};
/// \endcond
#endif

} // namespace Sojourn
