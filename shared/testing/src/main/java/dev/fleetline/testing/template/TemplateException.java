package dev.fleetline.testing.template;

/** The template, or what a deployment gives it, is wrong; the message names the place. */
public final class TemplateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TemplateException(String place, String reason) {
        super(place + ": " + reason);
    }
}
