// SPDX-License-Identifier: MIT
#include <Sojourn/MemoryStore>
#include <Sojourn/Session>

int main()
{
    const auto store = std::make_shared<Sojourn::MemoryStore>();
    Sojourn::Session session(std::nullopt, store);
    session.insert("visits", 1);
    return store->waitFor(session.save()) && store->waitFor(store->count()) == 1 ? 0 : 1;
}
