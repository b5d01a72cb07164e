package dev.fleetline.tokens;

/**
 * A user of the platform's API; put into the secret by people.
 *
 * @param versionId the version of the secret that holds them
 */
public record UserCredentials(String username, String password, String versionId) {

    public UserCredentials {
        if (username.isBlank()) {
            throw new IllegalArgumentException("username is empty");
        }
        if (password.isBlank()) {
            throw new IllegalArgumentException("password is empty");
        }
    }

    /** Without name and password. */
    @Override
    public String toString() {
        return "UserCredentials[*** of " + versionId + "]";
    }
}
