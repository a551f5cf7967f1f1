#include "wire/drafty/span.h"

namespace confab::wire {

namespace {

struct NameKind {
    SpanKind operator()(const Link &) const { return SpanKind::Link; }
    SpanKind operator()(const Mention &) const { return SpanKind::Mention; }
    SpanKind operator()(const Hashtag &) const { return SpanKind::Hashtag; }
    SpanKind operator()(const Button &) const { return SpanKind::Button; }
    SpanKind operator()(const Form &) const { return SpanKind::Form; }
    SpanKind operator()(const Image &) const { return SpanKind::Image; }
    SpanKind operator()(const Video &) const { return SpanKind::Video; }
    SpanKind operator()(const Audio &) const { return SpanKind::Audio; }
    SpanKind operator()(const File &) const { return SpanKind::File; }
    SpanKind operator()(const Contact &) const { return SpanKind::Contact; }
    SpanKind operator()(const Call &) const { return SpanKind::Call; }
    SpanKind operator()(const FormReply &) const { return SpanKind::Unknown; }
    SpanKind operator()(const Unknown &) const { return SpanKind::Unknown; }
};

}

SpanKind spanKind(const Entity &entity)
{
    return std::visit(NameKind(), entity);
}

}
