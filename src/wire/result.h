#pragma once

#include <utility>
#include <variant>

namespace confab::wire {

/// A value or the error that stands in its place. Qt 6.4 and GCC 12 in C++20 have no std::expected.
/// Asking for the one that is not there is a programming error (std::get throws bad_variant_access,
/// which ends the program).
template <typename T, typename E>
class Result
{
public:
    Result(T value) : m_data(std::in_place_index<0>, std::move(value)) {}
    Result(E error) : m_data(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return m_data.index() == 0; }
    explicit operator bool() const { return ok(); }

    const T &value() const & { return std::get<0>(m_data); }
    T &&value() && { return std::get<0>(std::move(m_data)); }
    const T &operator*() const & { return value(); }
    T &&operator*() && { return std::move(*this).value(); }
    const T *operator->() const { return &value(); }
    const E &error() const { return std::get<1>(m_data); }

private:
    std::variant<T, E> m_data;
};

}
